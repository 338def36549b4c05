package io.github.streamingserver.http;

import io.github.streamingserver.model.HeaderFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Response headers; names are looked up without regard to case. */
public final class HttpHeaders {
  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public HttpHeaders(Map<String, List<String>> values) {
    values.forEach((name, list) -> this.values.put(name, List.copyOf(list)));
  }

  /** The first value of a header. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a header, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The media type without its parameters, in lower case. A response that names none counts as
   * {@code application/octet-stream} (RFC 9110 §8.3).
   */
  public String contentType() {
    return first("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("application/octet-stream");
  }

  /** The length of this response's content in bytes, where the server says. */
  public OptionalLong contentLength() {
    return first("Content-Length")
        .map(String::strip)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** These headers but one. */
  HttpHeaders without(String name) {
    Map<String, List<String>> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fewer.putAll(values);
    fewer.remove(name);
    return new HttpHeaders(fewer);
  }

  /**
   * A name and a value that may be sent (RFC 9110 §5.1, §5.5).
   *
   * @throws IllegalArgumentException where the name is no token or the value holds a control
   *     character: CR and LF would begin a header of the attacker's
   */
  public static void requireValid(String name, String value) {
    HeaderFields.requireValid(name, value);
  }
}
