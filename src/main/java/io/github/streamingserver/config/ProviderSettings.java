package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/** {@code streamingserver.providers}: see reference.conf. */
public record ProviderSettings(
    Path folder,
    boolean showAdult,
    Duration requestTimeout,
    long maxConfigSize,
    AllowedRoots dataRoots) {

  /** Reads the {@code streamingserver} section. */
  static ProviderSettings create(Config config) {
    Config providers = config.getConfig("providers");
    return new ProviderSettings(
        Path.of(providers.getString("folder")).toAbsolutePath().normalize(),
        providers.getBoolean("show-adult"),
        providers.getDuration("request-timeout"),
        providers.getBytes("max-config-size"),
        AllowedRoots.of("data_dir", "providers.data-roots", providers.getStringList("data-roots")));
  }
}
