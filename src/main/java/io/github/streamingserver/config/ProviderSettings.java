package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
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
 * @param poll whether the folder is looked at each second whatever the system could tell
 * @param dataRoots {@code streamingserver.data.allowed-roots}
 * @param own by provider id, what stands in a section of that name
 */
public record ProviderSettings(
    Path folder,
    boolean showAdult,
    Duration requestTimeout,
    long maxConfigSize,
    long maxJarSize,
    int loaded,
    boolean poll,
    AllowedRoots dataRoots,
    Map<String, JsonObject> own) {

  public ProviderSettings {
    if (loaded < 1) {
      throw new IllegalArgumentException("providers.loaded must be 1 or more");
    }
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
        providers.getBytes("max-jar-size"),
        providers.getInt("loaded"),
        polls(providers),
        AllowedRoots.of(
            "data_dir", "data.allowed-roots", config.getStringList("data.allowed-roots")),
        ownSettings(providers));
  }

  private static boolean polls(Config providers) {
    String how = providers.getString("watch");
    return switch (how) {
      case "auto" -> false;
      case "poll" -> true;
      default ->
          throw new ConfigException.BadValue(
              providers.getValue("watch").origin(), "watch", "'" + how + "' is not auto or poll");
    };
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
