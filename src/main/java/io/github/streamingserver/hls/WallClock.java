package io.github.streamingserver.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds a moment of one list of segments in another, by EXT-X-PROGRAM-DATE-TIME. Pure. */
final class WallClock {
  /** Segments of variants may be cut a little apart. */
  private static final Duration DRIFT = Duration.ofMillis(500);

  private WallClock() {}

  /**
   * The index in {@code other} of what comes after the last of {@code taken}; its size where that
   * is not listed yet, empty where either doesn't tell.
   *
   * @param other one or more
   */
  static OptionalInt indexAfter(List<Segment> taken, List<Segment> other) {
    Optional<Instant> due = end(taken);
    if (due.isEmpty() || other.getFirst().programDateTime().isEmpty()) {
      return OptionalInt.empty();
    }
    Instant at = Instant.MIN;
    for (int i = 0; i < other.size(); i++) {
      at = other.get(i).programDateTime().orElse(at);
      if (!at.plus(DRIFT).isBefore(due.get())) {
        return OptionalInt.of(i);
      }
      at = at.plus(other.get(i).duration());
    }
    return OptionalInt.of(other.size());
  }

  /** Whether both say when they were broadcast. */
  static boolean tells(List<Segment> taken, List<Segment> next) {
    return end(taken).isPresent()
        && next.stream().findFirst().flatMap(Segment::programDateTime).isPresent();
  }

  /**
   * The time between the last of {@code taken} and the first of {@code next}; empty where either
   * doesn't tell, or where there is none to speak of.
   */
  static Optional<Duration> gap(List<Segment> taken, List<Segment> next) {
    return next.stream()
        .findFirst()
        .flatMap(Segment::programDateTime)
        .flatMap(begin -> end(taken).map(end -> Duration.between(end, begin)))
        .filter(gap -> gap.compareTo(DRIFT) > 0);
  }

  /** When the last segment ends. */
  private static Optional<Instant> end(List<Segment> segments) {
    Optional<Instant> at = Optional.empty();
    for (Segment segment : segments) {
      Optional<Instant> before = at;
      at = segment.programDateTime().or(() -> before).map(begin -> begin.plus(segment.duration()));
    }
    return at;
  }
}
