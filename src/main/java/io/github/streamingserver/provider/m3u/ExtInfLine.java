package io.github.streamingserver.provider.m3u;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What follows {@code #EXTINF:} in a playlist of channels: a duration, attributes, a comma, and the
 * name. Linear in the line's length, whatever stands there.
 *
 * @param attributes by name in lower case; the first of a name holds
 * @param name what people see; may be empty
 */
record ExtInfLine(Map<String, String> attributes, String name) {
  /** Reads a line; a quote that is never closed ends at the last comma. */
  static ExtInfLine parse(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length() && text.charAt(at) != ',') {
      int equals = keyEnd(text, at);
      if (equals == at || equals >= text.length() || text.charAt(equals) != '=') {
        at = Math.max(equals, at + (equals == at ? 1 : 0));
        continue;
      }
      String key = text.substring(at, equals).toLowerCase(Locale.ROOT);
      int from = equals + 1;
      boolean quoted = from < text.length() && isQuote(text.charAt(from));
      int end = quoted ? text.indexOf(text.charAt(from), from + 1) : valueEnd(text, from);
      if (end < 0) {
        int comma = text.lastIndexOf(',');
        int last = comma > from ? comma : text.length();
        attributes.putIfAbsent(key, text.substring(from + 1, last).strip());
        at = last;
        break;
      }
      attributes.putIfAbsent(key, text.substring(quoted ? from + 1 : from, end).strip());
      at = quoted ? end + 1 : end;
    }
    return new ExtInfLine(attributes, at < text.length() ? text.substring(at + 1).strip() : "");
  }

  /** Where a name ends that begins at {@code at}: before a blank, comma, quote or equals sign. */
  private static int keyEnd(String text, int at) {
    int end = at;
    while (end < text.length() && " \t,=\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int valueEnd(String text, int from) {
    int end = from;
    while (end < text.length() && " \t,".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
