package io.github.streamingserver.hls;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * EXT-X-DEFINE and the references {@code {$name}} to it (draft-pantos-hls-rfc8216bis §4.3,
 * §4.4.2.3). A text that defines nothing may hold such braces: they stay as they are.
 */
final class Variables {
  private static final String OPEN = "{$";
  private static final char CLOSE = '}';

  private final ParseContext context;
  private final Map<String, String> imported;
  private final Map<String, String> defined = new LinkedHashMap<>();
  private final Map<String, String> query;
  private long budget;

  Variables(ParseContext context, Map<String, String> imported) {
    this.context = context;
    this.imported = imported;
    this.budget = context.limits().maxSize();
    String rawQuery = context.base().getRawQuery();
    this.query = rawQuery == null ? Map.of() : queryOf(rawQuery);
  }

  Map<String, String> defined() {
    return defined;
  }

  /**
   * Reads one EXT-X-DEFINE.
   *
   * @throws PlaylistException where it has none of its three forms, or takes what is not there and
   *     should be
   */
  void define(AttributeList attributes) {
    if (attributes.text(Attributes.NAME).isPresent()) {
      String value = attributes.text(Attributes.VALUE).orElse("");
      put(attributes.text(Attributes.NAME).orElseThrow(), value);
    } else if (attributes.text("IMPORT").isPresent()) {
      putFrom(imported, attributes.text("IMPORT").orElseThrow(), "the multivariant playlist");
    } else if (attributes.text("QUERYPARAM").isPresent()) {
      putFrom(query, attributes.text("QUERYPARAM").orElseThrow(), "the query of the playlist");
    } else {
      throw context.error("EXT-X-DEFINE without NAME, IMPORT or QUERYPARAM");
    }
  }

  /**
   * {@code text} with its references replaced; what replaces them is not looked at again.
   *
   * @throws PlaylistException at an undefined reference, or where the result is over a limit
   */
  String expand(String text) {
    int open = text.indexOf(OPEN);
    if (open < 0 || defined.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    while (open >= 0) {
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        break;
      }
      String value = defined.get(text.substring(open + OPEN.length(), close));
      if (value == null) {
        throw context.error("reference to an undefined variable");
      }
      out.append(text, done, open).append(value);
      spend(value.length(), out.length());
      done = close + 1;
      open = text.indexOf(OPEN, done);
    }
    return out.append(text, done, text.length()).toString();
  }

  private void spend(int added, int length) {
    budget -= added;
    if (budget < 0 || length > context.limits().maxLineLength()) {
      throw context.error("variables expand over the limit");
    }
  }

  private void putFrom(Map<String, String> source, String name, String where) {
    String value = source.get(name);
    if (value == null && context.alone()) {
      context.warn("variable from " + where + ", left as it is");
      value = OPEN + name + CLOSE;
    }
    if (value == null) {
      throw context.error("EXT-X-DEFINE takes a variable that " + where + " does not have");
    }
    put(name, value);
  }

  private void put(String name, String value) {
    if (defined.putIfAbsent(name, value) != null) {
      context.warn("variable defined twice, the first holds");
    } else if (defined.size() > context.limits().maxEntries()) {
      throw context.error("more than " + context.limits().maxEntries() + " variables");
    }
  }

  private static Map<String, String> queryOf(String rawQuery) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : rawQuery.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      parameters.putIfAbsent(
          decode(name), equals < 0 ? "" : decode(parameter.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
