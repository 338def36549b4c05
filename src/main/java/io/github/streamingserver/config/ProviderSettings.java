package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code streamingserver.providers}: see reference.conf.
 *
 * @param own by provider id, what stands in a section of that name
 */
public record ProviderSettings(
    Path folder,
    boolean showAdult,
    Duration requestTimeout,
    long maxConfigSize,
    AllowedRoots dataRoots,
    Map<String, JsonObject> own) {

  public ProviderSettings {
    own = Map.copyOf(own);
  }

  /** The settings of one provider; empty where there are none. */
  public JsonObject own(ProviderId id) {
    return own.getOrDefault(id.value(), JsonObject.empty());
  }

  /** Reads the {@code streamingserver} section. */
  static ProviderSettings create(Config config) {
    Config providers = config.getConfig("providers");
    return new ProviderSettings(
        Path.of(providers.getString("folder")).toAbsolutePath().normalize(),
        providers.getBoolean("show-adult"),
        providers.getDuration("request-timeout"),
        providers.getBytes("max-config-size"),
        AllowedRoots.of("data_dir", "providers.data-roots", providers.getStringList("data-roots")),
        ownSettings(providers));
  }

  /** Every section in {@code providers} is that of the provider with its name. */
  private static Map<String, JsonObject> ownSettings(Config providers) {
    Map<String, JsonObject> own = new LinkedHashMap<>();
    providers
        .root()
        .forEach(
            (name, value) -> {
              if (value instanceof ConfigObject section) {
                own.put(name, new JsonObject(section.unwrapped()));
              }
            });
    return own;
  }
}
