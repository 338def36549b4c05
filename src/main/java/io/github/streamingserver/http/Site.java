package io.github.streamingserver.http;

import java.net.URI;
import java.util.Locale;

/** Whose a request is: what belongs to one site is not sent to another. Pure. */
final class Site {
  private Site() {}

  /** Host and port, as a key to what is known about them. */
  static String key(URI url) {
    return url.getHost().toLowerCase(Locale.ROOT) + ":" + port(url);
  }

  /**
   * Whether both have one origin (RFC 6454 §4), or differ in the usual step from http to https
   * alone. A step back to http is another site: all may read along there.
   */
  static boolean same(URI first, URI to) {
    if (!first.getHost().equalsIgnoreCase(to.getHost())) {
      return false;
    }
    boolean sameOrigin =
        first.getScheme().equalsIgnoreCase(to.getScheme()) && port(first) == port(to);
    boolean upgrade = port(first) == 80 && port(to) == 443 && isHttps(to);
    return sameOrigin || upgrade;
  }

  /** The site's front page. */
  static URI front(URI url) {
    return URI.create(origin(url) + "/");
  }

  /** Scheme, host and, where it is named, port, in ASCII. */
  static String origin(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String port = ascii.getPort() < 0 ? "" : ":" + ascii.getPort();
    return ascii.getScheme() + "://" + ascii.getHost() + port;
  }

  /** Path and query as they are: a signed URL does not survive being normalised. */
  static String target(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return path + (ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery());
  }

  static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : isHttps(url) ? 443 : 80;
  }
}
