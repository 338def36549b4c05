package io.github.streamingserver.provider.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.provider.ProviderManifest;
import java.time.Duration;
import java.util.Map;

/** Descriptions of sites, written down in tests. */
final class Configs {
  private Configs() {}

  static JsonObject json(String text) {
    try {
      return new JsonObject(
          new ObjectMapper().readValue(text, new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A description that is right, with {@code more} in place of what it has. */
  static JsonObject site(String more) {
    return json("""
    {"kind": "html", "base": "https://host/",
     "items": {"page": "{url}?page={page}", "each": "li", "title": "a", "url": "a@href"}}
    """)
        .and(json(more));
  }

  static Site read(String more, String settings) {
    return Site.read(new ProviderManifest(new ProviderId("X"), site(more)), json(settings));
  }

  /** All the time that there is. */
  static Deadline noDeadline() {
    return new Deadline(Duration.ofDays(1), () -> 0);
  }
}
