package io.github.streamingserver.http;

import java.time.Duration;
import java.time.Instant;

/** How long a server asks to be left alone (RFC 9110 §10.2.3). */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * The wait that {@code headers} ask for, a day at most; zero where they ask for none. A date is
   * held against the server's own clock where it tells it, else against {@code now}.
   */
  static Duration of(HttpHeaders headers, Instant now) {
    String value = headers.first("Retry-After").map(String::strip).orElse("");
    if (value.matches("\\d+")) {
      return value.length() > 6 ? LONGEST : shorter(Duration.ofSeconds(Long.parseLong(value)));
    }
    Instant from = headers.first("Date").flatMap(CookieDate::parse).orElse(now);
    return CookieDate.parse(value)
        .map(until -> Duration.between(from, until))
        .filter(wait -> !wait.isNegative())
        .map(RetryAfter::shorter)
        .orElse(Duration.ZERO);
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
