package io.github.streamingserver.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Rules on URLs that hold everywhere: which are allowed, and how one is shown. */
public final class Urls {
  private Urls() {}

  /**
   * An absolute http or https URL with a host; spaces and other characters that browsers escape are
   * escaped.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static URI http(String text) {
    URI url;
    try {
      url = new URI(escape(text.strip()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
    return requireHttp(url);
  }

  /**
   * {@code url} itself, where it is absolute, http or https, and has a host.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static URI requireHttp(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "only http and https URLs are allowed, not '" + (scheme.isEmpty() ? url : scheme) + "'");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("URL without a host");
    }
    return url;
  }

  /**
   * {@code reference} as seen from {@code base} (RFC 3986 §5).
   *
   * @throws IllegalArgumentException where the result is no http or https URL
   */
  public static URI resolve(URI base, String reference) {
    try {
      return requireHttp(base.resolve(new URI(escape(reference.strip()))));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** The URL as it may stand in logs and messages: without query, fragment and user. */
  public static String shown(URI url) {
    if (url.getHost() == null) {
      return url.getPath() == null ? "" : url.getPath();
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getScheme() + "://" + url.getHost() + port + path;
  }

  /** Escapes what RFC 3986 forbids but sites write all the same; existing escapes stay. */
  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean strayPercent = c == '%' && !isEscape(text, i);
      if (c <= ' ' || "\"<>\\^`{|}".indexOf(c) >= 0 || c == 0x7f || strayPercent) {
        out.append('%').append(String.format("%02X", (int) c));
      } else if ((c == '[' || c == ']') && i > text.indexOf('/', text.indexOf("//") + 2)) {
        out.append(c == '[' ? "%5B" : "%5D");
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }
}
