package io.github.streamingserver.hls;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** EXT-X-DEFINE and {@code {$name}} (rfc8216bis §4.3, §4.4.2.3). */
final class Variables {
  private static final int MOST = 1000;
  private static final int LONGEST = 8192;

  private final URI base;
  private final Map<String, String> values = new HashMap<>();

  Variables(URI base) {
    this.base = base;
  }

  void define(AttributeList attributes) {
    if (values.size() >= MOST) {
      return;
    }
    attributes.text("NAME").ifPresent(name -> values.put(name, attributes.textOrEmpty("VALUE")));
    attributes.text("QUERYPARAM").ifPresent(name -> values.put(name, query(name)));
  }

  /** The line with its variables replaced, once; unknown ones stay. */
  String substitute(String line) {
    if (values.isEmpty() || !line.contains("{$")) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = line.indexOf("{$"); open >= 0; open = line.indexOf("{$", at)) {
      int close = line.indexOf('}', open);
      if (close < 0 || out.length() > LONGEST) {
        break;
      }
      String name = line.substring(open + 2, close);
      out.append(line, at, open);
      out.append(values.getOrDefault(name, line.substring(open, close + 1)));
      at = close + 1;
    }
    return out.append(line, at, line.length()).toString();
  }

  private String query(String name) {
    String query = base.getRawQuery() == null ? "" : base.getRawQuery();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }
}
