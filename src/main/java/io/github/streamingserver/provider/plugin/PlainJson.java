package io.github.streamingserver.provider.plugin;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a jar hands out into the JDK's own classes: an object of the jar's that reached a
 * client's writer would stay in its caches, and the jar's classes with it.
 */
final class PlainJson {
  /** A client refuses deeper messages, and a list that holds itself has no end. */
  private static final int MOST_LEVELS = 60;

  private PlainJson() {}

  /**
   * The same list.
   *
   * @throws StreamException where it holds what JSON can't
   */
  static List<JsonObject> copy(List<JsonObject> list) {
    List<JsonObject> copy = new ArrayList<>(list.size());
    for (JsonObject object : list) {
      if (object == null) {
        throw failed("null instead of an object");
      }
      copy.add(new JsonObject(object(object.fields(), 1)));
    }
    return copy;
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> fields, int level) {
    if (level > MOST_LEVELS) {
      throw failed("more than " + MOST_LEVELS + " levels");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    fields.forEach((name, value) -> copy.put(String.valueOf(name), value(value, level)));
    return copy;
  }

  private static @Nullable Object value(@Nullable Object value, int level) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean bool -> bool;
      case Integer number -> number;
      case Long number -> number;
      case Double number -> number;
      case Float number -> number;
      case Short number -> number;
      case Byte number -> number;
      case BigInteger number -> new BigInteger(number.toByteArray());
      case BigDecimal number ->
          new BigDecimal(new BigInteger(number.unscaledValue().toByteArray()), number.scale());
      case JsonObject object -> object(object.fields(), level + 1);
      case Map<?, ?> map -> object(map, level + 1);
      case Iterable<?> elements -> list(elements, level + 1);
      default -> throw failed("a " + value.getClass().getName() + ", which JSON can't hold");
    };
  }

  private static List<@Nullable Object> list(Iterable<?> elements, int level) {
    if (level > MOST_LEVELS) {
      throw failed("more than " + MOST_LEVELS + " levels");
    }
    List<@Nullable Object> copy = new ArrayList<>();
    elements.forEach(element -> copy.add(value(element, level)));
    return copy;
  }

  private static StreamException failed(String what) {
    return new StreamException(new StreamFailure.Failed("The provider's list holds " + what));
  }
}
