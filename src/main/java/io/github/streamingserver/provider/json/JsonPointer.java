package io.github.streamingserver.provider.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer (RFC 6901); the empty one is the whole.
 *
 * @param names of members, and indices of elements, from the outside in, unescaped
 */
record JsonPointer(List<String> names) {
  private static final int MOST_DIGITS = 9;

  JsonPointer {
    names = List.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException where {@code text} is no pointer
   */
  static JsonPointer parse(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' is no JSON pointer; it begins with '/'");
    }
    return new JsonPointer(
        Arrays.stream(text.split("/", -1))
            .skip(1)
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /** What it points at in {@code root}; empty where there is nothing, or null. */
  Optional<Object> in(@Nullable Object root) {
    Object at = root;
    for (String name : names) {
      at =
          switch (at) {
            case Map<?, ?> map -> map.get(name);
            case List<?> list -> element(list, name);
            case null, default -> null;
          };
    }
    return Optional.ofNullable(at);
  }

  /** The same as text; numbers and booleans as JSON writes them; empty where it is neither. */
  Optional<String> textIn(@Nullable Object root) {
    return in(root)
        .filter(it -> it instanceof String || it instanceof Number || it instanceof Boolean)
        .map(Object::toString);
  }

  private static @Nullable Object element(List<?> list, String name) {
    boolean index =
        !name.isEmpty()
            && name.length() <= MOST_DIGITS
            && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return index && Integer.parseInt(name) < list.size() ? list.get(Integer.parseInt(name)) : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append('/').append(name.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
