package io.github.streamingserver.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lenient date of a cookie's Expires attribute (RFC 6265 §5.1.1). */
final class CookieDate {
  private static final int LONGEST = 128;
  private static final Pattern DELIMITERS = Pattern.compile("[\\t\\x20-/;-@\\[-`{-~]+");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})(?:\\D.*)?", Pattern.DOTALL);
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private int hour = -1;
  private int minute;
  private int second;
  private int day = -1;
  private int month = -1;
  private int year = -1;

  private CookieDate() {}

  /** The moment that {@code text} names; empty where it names none. */
  static Optional<Instant> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    CookieDate date = new CookieDate();
    for (String token : DELIMITERS.split(text, -1)) {
      date.take(token);
    }
    return date.instant();
  }

  private void take(String token) {
    Matcher time = TIME.matcher(token);
    Matcher digits = NUMBER.matcher(token);
    boolean number = digits.matches();
    if (hour < 0 && time.matches()) {
      hour = Integer.parseInt(time.group(1));
      minute = Integer.parseInt(time.group(2));
      second = Integer.parseInt(time.group(3));
    } else if (day < 0 && number && digits.group(1).length() <= 2) {
      day = Integer.parseInt(digits.group(1));
    } else if (month < 0 && monthOf(token) > 0) {
      month = monthOf(token);
    } else if (year < 0 && number && digits.group(1).length() >= 2) {
      year = fullYear(Integer.parseInt(digits.group(1)));
    }
  }

  private static int monthOf(String token) {
    return token.length() < 3
        ? 0
        : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
  }

  private static int fullYear(int written) {
    if (written >= 70 && written <= 99) {
      return written + 1900;
    }
    return written <= 69 ? written + 2000 : written;
  }

  private Optional<Instant> instant() {
    if (hour < 0 || day < 0 || month < 0 || year < 1601) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
