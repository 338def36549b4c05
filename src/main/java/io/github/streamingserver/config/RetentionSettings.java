package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Whether finished recordings make room for new ones: {@code recording.retention} in
 * reference.conf.
 *
 * @param minAge what ended later than so long ago is kept
 */
public record RetentionSettings(boolean enabled, Duration minAge) {
  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public RetentionSettings {
    if (minAge.isNegative()) {
      throw new IllegalArgumentException("recording.retention.min-age must not be negative");
    }
  }

  /** Reads the {@code recording} section. */
  static RetentionSettings create(Config recording) {
    Config retention = recording.getConfig("retention");
    return new RetentionSettings(retention.getBoolean("enabled"), retention.getDuration("min-age"));
  }
}
