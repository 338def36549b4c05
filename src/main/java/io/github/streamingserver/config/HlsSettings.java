package io.github.streamingserver.config;

import com.typesafe.config.Config;

/** {@code streamingserver.hls}: see reference.conf. Sizes in bytes. */
public record HlsSettings(int maxPlaylistSize, int maxSegments) {
  /** Reads the {@code streamingserver} section. */
  static HlsSettings create(Config config) {
    Config hls = config.getConfig("hls");
    return new HlsSettings(
        Math.toIntExact(hls.getBytes("max-playlist-size")), hls.getInt("max-segments"));
  }
}
