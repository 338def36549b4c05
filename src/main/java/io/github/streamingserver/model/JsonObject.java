package io.github.streamingserver.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it came: a provider, a category, an item. It keeps the order and every field, so
 * that what a site or a client sent passes through untouched. Values are {@link String}, {@link
 * Number}, {@link Boolean}, {@link List}, {@link Map} or null.
 */
public record JsonObject(Map<String, @Nullable Object> fields) {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The object without fields. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** An object with one field; chain {@link #with} for more. */
  public static JsonObject of(String name, Object value) {
    return EMPTY.with(name, value);
  }

  /** This object with {@code name} set to {@code value}, last where it is new. */
  public JsonObject with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
    copy.put(name, value instanceof JsonObject object ? object.fields() : value);
    return new JsonObject(copy);
  }

  /** This object and the fields of {@code other}, which win. */
  public JsonObject and(JsonObject other) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
    copy.putAll(other.fields());
    return new JsonObject(copy);
  }

  /** The text of a field; numbers and booleans as JSON writes them; empty where null or missing. */
  public Optional<String> text(String name) {
    return switch (fields.get(name)) {
      case String text -> Optional.of(text);
      case Number number -> Optional.of(number.toString());
      case Boolean bool -> Optional.of(bool.toString());
      case null, default -> Optional.empty();
    };
  }

  /**
   * The number in a field, also where it is written as text; empty where it is none, or larger than
   * a double.
   */
  public Optional<Double> number(String name) {
    return switch (fields.get(name)) {
      case Number number -> finite(number.doubleValue());
      case String text -> parse(text);
      case null, default -> Optional.empty();
    };
  }

  /** The boolean in a field, also where it is written as text or as 0 and 1. */
  public Optional<Boolean> bool(String name) {
    return switch (fields.get(name)) {
      case Boolean bool -> Optional.of(bool);
      case Number number -> Optional.of(number.doubleValue() != 0);
      case String text when text.equalsIgnoreCase("true") -> Optional.of(true);
      case String text when text.equalsIgnoreCase("false") -> Optional.of(false);
      case null, default -> Optional.empty();
    };
  }

  /** The object in a field. */
  public Optional<JsonObject> object(String name) {
    return asObject(fields.get(name));
  }

  /** The objects of an array field; elements that are no objects are left out. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> found = new ArrayList<>();
    if (fields.get(name) instanceof List<?> list) {
      list.forEach(element -> asObject(element).ifPresent(found::add));
    }
    return found;
  }

  private static Optional<JsonObject> asObject(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, element) -> copy.put(String.valueOf(key), element));
    return Optional.of(new JsonObject(copy));
  }

  private static Optional<Double> finite(double number) {
    return Optional.of(number).filter(Double::isFinite);
  }

  private static Optional<Double> parse(String text) {
    try {
      return finite(Double.parseDouble(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
