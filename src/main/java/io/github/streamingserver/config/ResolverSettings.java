package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code streamingserver.resolver}: see reference.conf. */
public record ResolverSettings(int parallelism, int queue, Duration timeout) {
  /** Reads the {@code streamingserver} section. */
  static ResolverSettings create(Config config) {
    Config resolver = config.getConfig("resolver");
    return new ResolverSettings(
        resolver.getInt("parallelism"), resolver.getInt("queue"), resolver.getDuration("timeout"));
  }
}
