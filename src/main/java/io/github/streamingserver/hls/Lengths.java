package io.github.streamingserver.hls;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How long segments last, and how many of them a stretch of time was. Pure. */
final class Lengths {
  private Lengths() {}

  static Duration sum(List<Segment> segments) {
    return segments.stream().map(Segment::duration).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * @param segments one or more
   */
  static Duration mean(List<Segment> segments) {
    return sum(segments).dividedBy(segments.size());
  }

  /**
   * What went by unseen between {@code taken} and {@code fresh} by EXT-X-PROGRAM-DATE-TIME, such as
   * a break that has numbers of its own; nothing where it doesn't tell, or tells what can't be.
   *
   * @param away time that has passed between them
   */
  static Duration missingByClock(List<Segment> taken, List<Segment> fresh, Duration away) {
    return WallClock.gap(taken, fresh)
        .filter(gap -> gap.compareTo(Absence.explained(away)) <= 0)
        .orElse(Duration.ZERO);
  }

  /**
   * How many segments {@code missing} was between {@code taken} and {@code fresh}; only the last
   * before a break is shorter than others.
   */
  static long count(Duration missing, List<Segment> taken, List<Segment> fresh) {
    Duration longest =
        Stream.concat(taken.stream(), fresh.stream())
            .map(Segment::duration)
            .max(Comparator.naturalOrder())
            .filter(Duration::isPositive)
            .orElse(Duration.ofSeconds(1));
    return missing.plus(longest).minusMillis(1).dividedBy(longest);
  }
}
