package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.http.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers that a channel's stream must be asked for with, wherever a playlist puts them. */
final class StreamHeaders {
  /** Names of players' options and attributes, and the header that each is. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "http-user-agent", "User-Agent",
          "user-agent", "User-Agent",
          "http-referrer", "Referer",
          "http-referer", "Referer",
          "http-origin", "Origin");

  /** Those that the connection decides on. */
  private static final Set<String> OWN =
      Set.of(
          "host", "connection", "content-length", "transfer-encoding", "range", "accept-encoding");

  private final Map<String, String> headers = new LinkedHashMap<>();

  /** Takes {@code name=value} of an EXTVLCOPT; others than those on headers mean nothing here. */
  void option(String option) {
    int equals = option.indexOf('=');
    if (equals > 0) {
      attribute(option.substring(0, equals).strip(), option.substring(equals + 1));
    }
  }

  /** Takes an attribute of an EXTINF; whether it is one on headers. */
  boolean attribute(String name, String value) {
    String header = OPTIONS.get(name.toLowerCase(Locale.ROOT));
    if (header != null) {
      put(header, unquoted(value.strip()));
    }
    return header != null;
  }

  /** Takes what stands behind the bar in {@code url|Name=value&Name=value}, escaped. */
  void suffix(String suffix) {
    for (String pair : suffix.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private void put(String name, String value) {
    // Inputstream options of Kodi's begin with an exclamation mark.
    if (value.isEmpty() || name.startsWith("!") || OWN.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    try {
      HttpHeaders.requireValid(name, value);
    } catch (IllegalArgumentException refused) {
      return;
    }
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name, value);
  }

  Map<String, String> toMap() {
    return headers;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** A plus is one: it stands in many a user agent. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException notEscaped) {
      return text.strip();
    }
  }
}
