package io.github.streamingserver.provider;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;

/**
 * A provider as its folder describes it.
 *
 * @param config config.json, every field, and {@code provider_id}
 */
public record ProviderManifest(ProviderId id, JsonObject config) {
  /** The kind of provider where config.json names none. */
  public static final String DIRECT = "direct";

  /** The kind of provider that is a class, in a jar or built in. */
  public static final String CLASS = "class";

  /** The field that names the provider, in manifests and categories. */
  static final String PROVIDER_ID = "provider_id";

  private static final String TITLE = "title";
  private static final String KIND = "kind";
  private static final String QUALITY = "quality";
  private static final String ADULT = "adult";
  private static final String TEMPLATE = "TEMPLATE_";

  /** A title where config.json has none, and the id. */
  public ProviderManifest {
    if (config.text(TITLE).filter(title -> !title.isBlank()).isEmpty()) {
      config = config.with(TITLE, id.value());
    }
    config = config.with(PROVIDER_ID, id.value());
  }

  /** What a person sees. */
  public String title() {
    return config.text(TITLE).orElse(id.value());
  }

  /** The kind of provider. */
  public String kind() {
    return config.text(KIND).orElse(DIRECT);
  }

  /**
   * The quality to use where a client leaves it to the provider.
   *
   * @throws IllegalArgumentException where config.json names one that is none
   */
  public Quality quality() {
    Quality own = config.text(QUALITY).map(Quality::parse).orElse(new Quality.Best());
    return own instanceof Quality.FromProvider ? new Quality.Best() : own;
  }

  /** Whether it is shown only where the owner allows it. */
  public boolean adult() {
    return config.bool(ADULT).orElse(false);
  }

  /** Whether it is there to be copied, not used. */
  public boolean template() {
    return isTemplate(id);
  }

  /** Whether a folder of this name is. */
  static boolean isTemplate(ProviderId id) {
    return id.value().startsWith(TEMPLATE);
  }
}
