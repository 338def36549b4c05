package io.github.streamingserver.hls;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code NAME=value,NAME="value"} behind a tag (RFC 8216 §4.2); the first of a name counts. */
final class AttributeList {
  private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  private final Map<String, String> values;

  private AttributeList(Map<String, String> values) {
    this.values = values;
  }

  /** Reads what is readable, in one pass; what is no attribute is passed over. */
  static AttributeList parse(String text) {
    Map<String, String> values = new HashMap<>();
    int at = 0;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      String name = text.substring(at, equals).strip().toUpperCase(Locale.ROOT);
      int begin = equals + 1;
      while (begin < text.length() && text.charAt(begin) == ' ') {
        begin++;
      }
      boolean quoted = begin < text.length() && text.charAt(begin) == '"';
      int end = quoted ? text.indexOf('"', begin + 1) : text.indexOf(',', begin);
      end = end < 0 ? text.length() : end;
      String value = quoted ? text.substring(begin + 1, end) : text.substring(begin, end).strip();
      values.putIfAbsent(name, value);
      int comma = text.indexOf(',', end);
      at = comma < 0 ? text.length() : comma + 1;
    }
    return new AttributeList(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String textOrEmpty(String name) {
    return values.getOrDefault(name, "");
  }

  boolean yes(String name) {
    return textOrEmpty(name).equalsIgnoreCase("YES");
  }

  OptionalLong number(String name) {
    return text(name)
        .filter(value -> value.matches("\\d{1,18}"))
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }

  Optional<Double> decimal(String name) {
    return text(name).filter(value -> value.matches("\\d{1,9}(\\.\\d{1,9})?")).map(Double::valueOf);
  }

  /** Width or height of {@code RESOLUTION=<width>x<height>}. */
  OptionalInt resolution(String name, boolean width) {
    return text(name)
        .map(RESOLUTION::matcher)
        .filter(Matcher::matches)
        .map(matcher -> OptionalInt.of(Integer.parseInt(matcher.group(width ? 1 : 2))))
        .orElse(OptionalInt.empty());
  }
}
