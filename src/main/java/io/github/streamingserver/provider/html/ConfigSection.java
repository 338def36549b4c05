package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * A part of config.json that knows its place, so that what is wrong with it is told by name. All
 * methods throw {@link StreamException} where the owner must mend something.
 *
 * @param place such as {@code items.}; empty for the whole
 */
record ConfigSection(String provider, String place, JsonObject fields) {
  static ConfigSection whole(String provider, JsonObject config) {
    return new ConfigSection(provider, "", config);
  }

  /** The section itself, where it holds no other keys than these: others are slips of the pen. */
  ConfigSection only(Set<String> known) {
    Set<String> unknown = new TreeSet<>(fields.fields().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw wrong(
          unknown.iterator().next(),
          "is no key here; there are " + String.join(", ", new TreeSet<>(known)));
    }
    return this;
  }

  boolean has(String key) {
    return fields.fields().containsKey(key);
  }

  Optional<String> text(String key) {
    Optional<String> text = fields.text(key).filter(value -> !value.isBlank());
    if (has(key) && text.isEmpty()) {
      throw wrong(key, "must be a text that is not empty");
    }
    return text;
  }

  String required(String key, String example) {
    return text(key).orElseThrow(() -> missing(key, example));
  }

  StreamException missing(String key, String example) {
    return wrong(key, "is missing; write for example \"" + key + "\": " + example);
  }

  int integer(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    double number = fields.number(key).orElseThrow(() -> wrong(key, "must be a number"));
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw wrong(key, "must be a whole number");
    }
    return (int) number;
  }

  Optional<ConfigSection> section(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    return Optional.of(
        fields
            .object(key)
            .map(inner -> new ConfigSection(provider, place + key + ".", inner))
            .orElseThrow(() -> wrong(key, "must be an object: {…}")));
  }

  boolean isList(String key) {
    return fields.fields().get(key) instanceof List<?>;
  }

  /** The objects of a list, or the one object that stands in its place. */
  List<ConfigSection> sections(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!isList(key)) {
      return List.of(section(key).orElseThrow());
    }
    List<JsonObject> objects = fields.objects(key);
    if (objects.isEmpty() || objects.size() != ((List<?>) elements(key)).size()) {
      throw wrong(key, "must be a list of objects: [{…}, {…}]");
    }
    List<ConfigSection> sections = new ArrayList<>();
    for (JsonObject object : objects) {
      sections.add(new ConfigSection(provider, place + key + "[" + sections.size() + "].", object));
    }
    return sections;
  }

  private List<?> elements(String key) {
    return fields.fields().get(key) instanceof List<?> list ? list : List.of();
  }

  /** The texts of a map. */
  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            inner ->
                inner
                    .fields()
                    .fields()
                    .keySet()
                    .forEach(name -> texts.put(name, inner.text(name).orElse(""))));
    return texts;
  }

  /** A CSS selector. */
  Evaluator selector(String key, String css) {
    if (css.contains(":matches") || css.contains("~=")) {
      throw wrong(
          key, "must not hold a regular expression (:matches, ~=), which can't be bounded there");
    }
    try {
      return Selector.evaluatorOf(css);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw wrong(key, "is no CSS selector: " + e.getMessage());
    }
  }

  Optional<Evaluator> selector(String key) {
    return text(key).map(css -> selector(key, css));
  }

  /** A regular expression. */
  Optional<BoundedPattern> pattern(String key) {
    try {
      return text(key).map(BoundedPattern::compile);
    } catch (PatternSyntaxException e) {
      throw wrong(key, "is no regular expression: " + e.getDescription() + " at " + e.getIndex());
    }
  }

  StreamException wrong(String key, String problem) {
    return new StreamException(
        new StreamFailure.Failed(
            "config.json of provider '%s': \"%s%s\" %s".formatted(provider, place, key, problem)));
  }
}
