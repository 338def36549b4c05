package io.github.streamingserver.config;

import com.typesafe.config.Config;

/** {@code streamingserver.protocol}: see reference.conf. */
public record ProtocolSettings(int maxDepth, long maxTokens, int maxTextLength) {
  /** Reads the {@code streamingserver} section. */
  static ProtocolSettings create(Config config) {
    Config protocol = config.getConfig("protocol");
    return new ProtocolSettings(
        protocol.getInt("max-depth"),
        protocol.getLong("max-tokens"),
        Math.toIntExact(protocol.getBytes("max-text-length")));
  }
}
