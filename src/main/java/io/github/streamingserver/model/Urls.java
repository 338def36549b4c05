package io.github.streamingserver.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules on URLs that hold everywhere: which are allowed, and how one is shown. */
public final class Urls {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int LAST_PORT = 65_535;
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+:");
  private static final Pattern COLON_IN_FIRST_SEGMENT = Pattern.compile("[^/?#:]*+:");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*+:)?//[^/?#]*+");

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
          "only http and https URLs are allowed, not '"
              + (scheme.isEmpty() ? shown(url) : scheme)
              + "'");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("URL without a host");
    }
    if (url.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("URL with port " + url.getPort());
    }
    return url;
  }

  /**
   * {@code reference} as seen from {@code base} (RFC 3986 §5).
   *
   * @throws IllegalArgumentException where the result is no http or https URL
   */
  public static URI resolve(URI base, String reference) {
    String text = reference.strip();
    if (COLON_IN_FIRST_SEGMENT.matcher(text).lookingAt() && !SCHEME.matcher(text).lookingAt()) {
      // A time of day in a file's name: a path and no scheme.
      text = "./" + text;
    }
    try {
      URI url = new URI(escape(text));
      return requireHttp(url.isAbsolute() ? url : resolveRelative(base, url));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** RFC 3986 §5.2.2; {@link URI#resolve} merges slashes and keeps a path above the root. */
  private static URI resolveRelative(URI base, URI reference) throws URISyntaxException {
    StringBuilder url = new StringBuilder(base.getScheme()).append("://");
    boolean otherHost = reference.getRawAuthority() != null;
    boolean samePath = !otherHost && reference.getRawPath().isEmpty();
    url.append(otherHost ? reference.getRawAuthority() : base.getRawAuthority());
    String path = reference.getRawPath();
    if (samePath) {
      url.append(base.getRawPath());
    } else if (otherHost || path.startsWith("/")) {
      url.append(withoutDots(path));
    } else {
      String before = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
      url.append(withoutDots(before.substring(0, before.lastIndexOf('/') + 1) + path));
    }
    URI query = samePath && reference.getRawQuery() == null ? base : reference;
    append(url, '?', query.getRawQuery());
    append(url, '#', reference.getRawFragment());
    return new URI(url.toString());
  }

  private static void append(StringBuilder url, char mark, @Nullable String part) {
    if (part != null) {
      url.append(mark).append(part);
    }
  }

  /** RFC 3986 §5.2.4. */
  private static String withoutDots(String path) {
    if (path.isEmpty()) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up) {
        kept.pollLast();
      }
      if (!up && !segments[i].equals(".")) {
        kept.addLast(segments[i]);
      } else if (i == segments.length - 1) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }

  /** The URL as it may stand in logs and messages: without query, fragment and user. */
  public static String shown(URI url) {
    if (url.getHost() == null) {
      return url.getPath() == null ? "" : url.getPath();
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme() + ":";
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return scheme + "//" + url.getHost() + port + path;
  }

  /** Escapes what RFC 3986 forbids but sites write all the same; existing escapes stay. */
  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher authority = AUTHORITY.matcher(text);
    int path = authority.lookingAt() ? authority.end() : 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean strayPercent = c == '%' && !isEscape(text, i);
      if (c <= ' ' || "\"<>\\^`{|}".indexOf(c) >= 0 || c == 0x7f || strayPercent) {
        out.append('%').append(HEX.toHexDigits((byte) c));
      } else if ((c == '[' || c == ']') && i >= path) {
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
