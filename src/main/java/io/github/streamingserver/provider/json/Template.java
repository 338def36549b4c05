package io.github.streamingserver.provider.json;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a field is had from a list: a JSON pointer into the item where it begins with a slash; else a
 * text in which {@code {/pointer}} and {@code {name}} stand for what is there in the item, {@code
 * {id}} for the item's name in an object of items, and {@code {list:/pointer}} for a template that
 * stands in the list itself.
 */
record Template(String text) {
  private static final Pattern PART = Pattern.compile("\\{([^{}]*+)}");
  private static final String LIST = "list:";

  /** No title or address is longer; a list that repeats what it holds can make one that is. */
  private static final int LONGEST = 64 << 10;

  /** Whether the value is one that stands in the item. */
  boolean isPointer() {
    return text.startsWith("/");
  }

  /** Whether what is in the list is asked for. */
  boolean ofList() {
    return text.contains("{" + LIST);
  }

  /** The pointers of its {@code {list:…}}. */
  java.util.List<JsonPointer> listPointers() {
    return PART.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> name.startsWith(LIST))
        .map(name -> JsonPointer.parse(name.substring(LIST.length())))
        .toList();
  }

  /**
   * The value for one item; empty where something that it names is not there, or it gets longer
   * than any could be.
   *
   * @param id the item's name among its siblings; empty in an array
   * @param list what stands at a pointer of the list
   */
  Optional<String> of(
      Object item, Optional<String> id, Function<JsonPointer, Optional<String>> list) {
    if (isPointer()) {
      return JsonPointer.parse(text).textIn(item);
    }
    return fill(
        text,
        name ->
            name.startsWith(LIST)
                ? list.apply(JsonPointer.parse(name.substring(LIST.length())))
                    .flatMap(inner -> fill(inner, it -> part(it, item, id)))
                : part(name, item, id));
  }

  private static Optional<String> part(String name, Object item, Optional<String> id) {
    if (name.equals("id") && id.isPresent()) {
      return id;
    }
    return JsonPointer.parse(name.startsWith("/") ? name : "/" + name).textIn(item);
  }

  private static Optional<String> fill(String text, Function<String, Optional<String>> values) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    StringBuilder filled = new StringBuilder();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      Optional<String> value = values.apply(part.group(1));
      if (value.isEmpty() || filled.length() + value.get().length() > LONGEST) {
        return Optional.empty();
      }
      part.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(part.appendTail(filled).toString());
  }
}
