package io.github.streamingserver.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An attribute list (RFC 8216 §4.2). Quotes decide only where a value ends: which values must have
 * them is not enforced. Lower case names, doubled names, missing quotes and values that are no
 * number are warnings; more than {@value #MAX_ATTRIBUTES} attributes are none of any tag's.
 */
final class AttributeList {
  /** Ten times what the richest tags have. */
  private static final int MAX_ATTRIBUTES = 256;

  private final Map<String, String> values = new LinkedHashMap<>();
  private final ParseContext context;

  private AttributeList(ParseContext context) {
    this.context = context;
  }

  /** Reads {@code text}; {@code expand} is applied to each value. */
  static AttributeList parse(String text, ParseContext context, UnaryOperator<String> expand) {
    AttributeList list = new AttributeList(context);
    int at = 0;
    int equals = text.indexOf('=');
    while (at < text.length()) {
      if (equals >= 0 && equals < at) {
        equals = text.indexOf('=', at);
      }
      int comma = text.indexOf(',', at);
      if (comma >= 0 && (equals < 0 || comma < equals)) {
        list.warnUnlessBlank(text.substring(at, comma));
        at = comma + 1;
      } else if (equals < 0) {
        list.warnUnlessBlank(text.substring(at));
        at = text.length();
      } else {
        at = list.value(text, text.substring(at, equals), equals + 1, expand);
      }
    }
    return list;
  }

  private void warnUnlessBlank(String text) {
    if (!text.isBlank()) {
      context.warn("attribute without a value");
    }
  }

  private int value(String text, String name, int begin, UnaryOperator<String> expand) {
    int from = begin;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    if (from < text.length() && text.charAt(from) == '"') {
      int close = text.indexOf('"', from + 1);
      if (close < 0) {
        context.warn("quote that is not closed");
        close = text.length();
      }
      put(name, expand.apply(text.substring(from + 1, close)));
      int comma = text.indexOf(',', close);
      return comma < 0 ? text.length() : comma + 1;
    }
    int comma = text.indexOf(',', from);
    int end = comma < 0 ? text.length() : comma;
    put(name, expand.apply(text.substring(from, end).strip()));
    return end + 1;
  }

  private void put(String name, String value) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    if (!upper.equals(name.strip())) {
      context.warn("lower case attribute name");
    }
    if (values.putIfAbsent(upper, value) != null) {
      context.warn("attribute given twice, the first holds");
    } else if (values.size() > MAX_ATTRIBUTES) {
      throw context.error("more than " + MAX_ATTRIBUTES + " attributes");
    }
  }

  /** Empty where it is missing or has no characters. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** Whether it says YES. */
  boolean yes(String name) {
    return text(name).filter(value -> value.equalsIgnoreCase("YES")).isPresent();
  }

  OptionalLong integer(String name) {
    Optional<Long> number = parsed(name, value -> Numbers.integer(value));
    return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  OptionalDouble decimal(String name) {
    Optional<Double> number = parsed(name, Numbers::decimal);
    return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** A decimal number of seconds, signed. */
  Optional<Duration> signedSeconds(String name) {
    return parsed(name, Numbers::seconds);
  }

  /** A decimal number of seconds that is not below zero. */
  Optional<Duration> seconds(String name) {
    return parsed(name, value -> Numbers.seconds(value).filter(time -> !time.isNegative()));
  }

  Optional<Instant> date(String name) {
    return parsed(name, Numbers::date);
  }

  /**
   * Those that are not in {@code names}.
   *
   * @throws PlaylistException where the playlist's tags have too many of them in all
   */
  Map<String, String> without(Set<String> names) {
    Map<String, String> rest = new LinkedHashMap<>(values);
    rest.keySet().removeAll(names);
    context.keep(rest.size());
    return rest;
  }

  /** The value as {@code parser} reads it; a warning where it can't. */
  <T> Optional<T> parsed(String name, Function<String, Optional<T>> parser) {
    Optional<String> text = text(name);
    Optional<T> value = text.flatMap(parser);
    if (text.isPresent() && value.isEmpty()) {
      context.warn(name + " is unreadable");
    }
    return value;
  }
}
