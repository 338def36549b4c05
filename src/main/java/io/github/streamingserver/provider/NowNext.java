package io.github.streamingserver.provider;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A channel's guide → what a viewer reads of it. Pure. */
public final class NowNext {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private NowNext() {}

  /**
   * What is on and what comes next, a line each, before {@code more}; only {@code more} where the
   * guide knows neither.
   *
   * @param guide in any order
   * @param zone of the viewer's clock
   * @param more of the channel itself; may be empty
   */
  public static String describe(List<Programme> guide, Instant now, ZoneId zone, String more) {
    List<String> lines = new ArrayList<>();
    current(guide, now)
        .ifPresent(
            programme -> {
              lines.add("Now " + times(programme, zone) + " " + programme.title());
              lines.add(programme.description());
            });
    next(guide, now)
        .ifPresent(
            programme ->
                lines.add("Next " + clock(programme.start(), zone) + " " + programme.title()));
    lines.add(more);
    lines.removeIf(String::isBlank);
    return String.join("\n", lines);
  }

  /** The programme that is on; of several the one that began last. */
  public static Optional<Programme> current(List<Programme> guide, Instant now) {
    return guide.stream()
        .filter(programme -> programme.isOn(now))
        .max(Comparator.comparing(Programme::start));
  }

  /** The programme that begins next. */
  public static Optional<Programme> next(List<Programme> guide, Instant now) {
    return guide.stream()
        .filter(programme -> programme.start().isAfter(now))
        .min(Comparator.comparing(Programme::start));
  }

  private static String times(Programme programme, ZoneId zone) {
    String stop = programme.stop().map(end -> clock(end, zone)).orElse("");
    return clock(programme.start(), zone) + "-" + stop;
  }

  private static String clock(Instant time, ZoneId zone) {
    return CLOCK.format(time.atZone(zone));
  }
}
