package io.github.streamingserver.http;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * One cookie (RFC 6265 §5.3).
 *
 * @param domain in lower case
 * @param hostOnly whether only {@code domain} itself gets the cookie, not the hosts below it
 * @param expires when it ends; {@link Instant#MAX} where it lives as long as its session
 */
public record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    Instant expires) {
  /** The most characters that a name and its value have together. */
  static final int LONGEST = 4096;

  /**
   * @throws IllegalArgumentException where the cookie can't be sent or belongs nowhere
   */
  public Cookie {
    if (name.length() + value.length() > LONGEST) {
      throw new IllegalArgumentException("cookie of more than " + LONGEST + " characters");
    }
    if (name.isEmpty() || name.indexOf('=') >= 0 || !sendable(name) || !sendable(value)) {
      throw new IllegalArgumentException("cookie that can't be sent");
    }
    if (domain.isEmpty() || !path.startsWith("/")) {
      throw new IllegalArgumentException("cookie without a domain or path");
    }
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /** A cookie for exactly the host of {@code site}, on all its paths, while the session lives. */
  public static Cookie of(URI site, String name, String value) {
    return new Cookie(name, value, site.getHost(), true, "/", false, Instant.MAX);
  }

  /** Whether a request for {@code to} carries this cookie (§5.4). */
  boolean belongsTo(URI to) {
    String host = to.getHost().toLowerCase(Locale.ROOT);
    return (hostOnly ? host.equals(domain) : domainMatches(host, domain))
        && pathMatches(to.getRawPath(), path)
        && (!secure || "https".equalsIgnoreCase(to.getScheme()));
  }

  /** §5.1.3; an IP address matches itself alone. */
  static boolean domainMatches(String host, String domain) {
    return host.equals(domain) || (host.endsWith("." + domain) && !isAddress(host));
  }

  static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  /** §5.1.4. */
  private static boolean pathMatches(String requested, String path) {
    String asked = requested.isEmpty() ? "/" : requested;
    return asked.startsWith(path)
        && (asked.length() == path.length()
            || path.endsWith("/")
            || asked.charAt(path.length()) == '/');
  }

  private static boolean sendable(String text) {
    return text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == ';');
  }
}
