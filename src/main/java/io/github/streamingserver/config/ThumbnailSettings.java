package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code streamingserver.thumbnails}: see reference.conf. */
public record ThumbnailSettings(
    long maxSize, int maxCount, long maxTotal, int parallelism, int queue, Duration timeout) {
  /** Reads the {@code streamingserver} section. */
  static ThumbnailSettings create(Config config) {
    Config thumbnails = config.getConfig("thumbnails");
    return new ThumbnailSettings(
        thumbnails.getBytes("max-size"),
        thumbnails.getInt("max-count"),
        thumbnails.getBytes("max-total"),
        thumbnails.getInt("parallelism"),
        thumbnails.getInt("queue"),
        thumbnails.getDuration("timeout"));
  }
}
