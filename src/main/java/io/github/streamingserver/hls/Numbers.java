package io.github.streamingserver.hls;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Reads numbers and dates; what is none, or out of all reason, is empty. */
final class Numbers {
  private static final int MAX_LENGTH = 40;
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Duration.ofDays(10).toSeconds());
  private static final int NANO_DIGITS = 9;

  /** RFC 3339, and what ISO 8601 also allows: offsets without a colon, or none, which means UTC. */
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private Numbers() {}

  /** A decimal-integer: digits only (RFC 8216 §4.2), up to {@link Long#MAX_VALUE}. */
  static Optional<Long> integer(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(Numbers::isDigit)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A signed decimal without exponent. */
  static Optional<Double> decimal(String text) {
    return exact(text).map(BigDecimal::doubleValue);
  }

  /** A signed decimal number of seconds; ten days at most. */
  static Optional<Duration> seconds(String text) {
    return exact(text)
        .filter(value -> value.abs().compareTo(MAX_SECONDS) <= 0)
        .map(value -> Duration.ofNanos(value.movePointRight(NANO_DIGITS).longValue()));
  }

  static Optional<Instant> date(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      TemporalAccessor date = DATE.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          date instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(date));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> exact(String text) {
    boolean plain = text.chars().allMatch(c -> isDigit(c) || c == '.' || c == '-' || c == '+');
    if (text.isEmpty() || text.length() > MAX_LENGTH || !plain) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
