package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${name}} in the texts of a config.json from the provider's settings: those in
 * config.json's own {@code "settings"}, where the server's configuration has no other.
 */
final class Placeholders {
  private static final String SETTINGS = "settings";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}]*+)}");

  private final JsonObject settings;

  private Placeholders(JsonObject settings) {
    this.settings = settings;
  }

  /**
   * {@code config} with every placeholder filled.
   *
   * @param own of {@code streamingserver.providers.<Id>}; these win
   * @throws IllegalArgumentException where a setting is missing
   */
  static JsonObject fill(JsonObject config, JsonObject own) {
    JsonObject defaults = config.object(SETTINGS).orElse(JsonObject.empty());
    return new Placeholders(defaults.and(own)).in(config);
  }

  private JsonObject in(JsonObject object) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>();
    object.fields().forEach((name, value) -> filled.put(name, in(value)));
    return new JsonObject(filled);
  }

  private @Nullable Object in(@Nullable Object value) {
    return switch (value) {
      case String text -> in(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((name, member) -> filled.put(String.valueOf(name), in(member)));
        yield filled;
      }
      case List<?> list -> {
        List<@Nullable Object> filled = new ArrayList<>();
        list.forEach(element -> filled.add(in(element)));
        yield filled;
      }
      case null, default -> value;
    };
  }

  /** A base that ends with a slash counts as one that doesn't, where a slash follows. */
  private String in(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              boolean base = text.startsWith("/", found.end());
              String value = setting(found.group(1));
              return Matcher.quoteReplacement(base ? withoutSlash(value) : value);
            });
  }

  private static String withoutSlash(String base) {
    int end = base.length();
    while (end > 0 && base.charAt(end - 1) == '/') {
      end--;
    }
    return base.substring(0, end);
  }

  private String setting(String name) {
    return settings
        .text(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "${%s} has no value; give it one in \"settings\"".formatted(name)));
  }
}
