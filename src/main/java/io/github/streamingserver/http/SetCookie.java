package io.github.streamingserver.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Reads Set-Cookie headers (RFC 6265 §5.2, §5.3). */
final class SetCookie {
  private static final int LONGEST_ATTRIBUTE = 1024;

  /** No cookie outlives this (RFC 6265bis §5.5). */
  private static final Duration LONGEST_LIFE = Duration.ofDays(400);

  private SetCookie() {}

  /**
   * The cookie that {@code header} sets; empty where it is to be ignored. One that has expired
   * already is how a site takes a cookie back.
   */
  static Optional<Cookie> parse(URI from, String header, Instant now) {
    String[] parts = header.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    String host = from.getHost().toLowerCase(Locale.ROOT);
    String domain = "";
    String path = defaultPath(from);
    boolean secure = false;
    Optional<Instant> expires = Optional.empty();
    Optional<Instant> maxAge = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      String value = attribute.length == 2 ? attribute[1].strip() : "";
      if (value.length() > LONGEST_ATTRIBUTE) {
        continue;
      }
      switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
        case "domain" -> domain = withoutLeadingDot(value).toLowerCase(Locale.ROOT);
        case "path" -> path = value.startsWith("/") ? value : defaultPath(from);
        case "secure" -> secure = true;
        case "expires" -> expires = or(CookieDate.parse(value), expires);
        case "max-age" -> maxAge = or(end(value, now), maxAge);
        default -> {
          // HttpOnly, SameSite and the like mean nothing outside a browser.
        }
      }
    }
    boolean wholeDomain = domain.indexOf('.') > 0 && Cookie.domainMatches(host, domain);
    if (!domain.isEmpty() && !wholeDomain && !domain.equals(host)) {
      return Optional.empty();
    }
    Instant latest = now.plus(LONGEST_LIFE);
    Instant end =
        or(maxAge, expires).map(at -> at.isBefore(latest) ? at : latest).orElse(Instant.MAX);
    try {
      return Optional.of(
          new Cookie(
              parts[0].substring(0, equals).strip(),
              parts[0].substring(equals + 1).strip(),
              domain.isEmpty() ? host : domain,
              !wholeDomain,
              path,
              secure,
              end));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> or(Optional<Instant> first, Optional<Instant> second) {
    return first.isPresent() ? first : second;
  }

  private static Optional<Instant> end(String seconds, Instant now) {
    if (!seconds.matches("-?\\d+")) {
      return Optional.empty();
    }
    if (seconds.startsWith("-") || seconds.matches("0+")) {
      return Optional.of(Instant.MIN);
    }
    boolean longest = seconds.length() > 9;
    return Optional.of(
        now.plus(longest ? LONGEST_LIFE : Duration.ofSeconds(Long.parseLong(seconds))));
  }

  private static String withoutLeadingDot(String domain) {
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  /** §5.1.4. */
  private static String defaultPath(URI from) {
    String path = from.getRawPath();
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
