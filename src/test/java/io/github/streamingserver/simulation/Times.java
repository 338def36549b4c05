package io.github.streamingserver.simulation;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as scenarios have them: {@code 200ms}, {@code 45s}, {@code 12m}, {@code 2h}, {@code
 * 00:30:00}.
 */
final class Times {
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,3}):(\\d\\d):(\\d\\d)");
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private Times() {}

  /**
   * @throws IllegalArgumentException where {@code text} is none
   */
  static Duration parse(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      return Duration.ofHours(Long.parseLong(clock.group(1)))
          .plusMinutes(Long.parseLong(clock.group(2)))
          .plusSeconds(Long.parseLong(clock.group(3)));
    }
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no time: 200ms, 45s, 12m, 2h or 00:30:00".formatted(text));
    }
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** As short as it can be read. */
  static String shown(Duration time) {
    if (time.toMillisPart() != 0) {
      return time.toMillis() + "ms";
    }
    if (time.toSecondsPart() != 0) {
      return time.toSeconds() + "s";
    }
    return time.toMinutesPart() != 0 || time.isZero()
        ? time.toMinutes() + "m"
        : time.toHours() + "h";
  }
}
