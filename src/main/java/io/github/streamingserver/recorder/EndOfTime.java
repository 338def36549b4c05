package io.github.streamingserver.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a recording is over by itself. A clock may be set while the recording runs, by years where
 * there was no battery, and a timer can't be set for years: so the clock is looked at again and
 * again. One recording, one thread.
 */
final class EndOfTime {
  static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

  private final Optional<Instant> until;
  private Optional<Duration> left;
  private boolean last;

  /**
   * @param until its end by the clock
   * @param duration how long it is to last, however the clock is set
   */
  EndOfTime(Optional<Instant> until, Optional<Duration> duration) {
    this.until = until;
    this.left = duration;
  }

  /**
   * After which time to look again, of which the recording runs through all; zero or less where it
   * is over now, empty where it has no end.
   */
  Optional<Duration> nextLook(Instant now) {
    Optional<Duration> pause =
        Stream.concat(until.map(end -> Duration.between(now, end)).stream(), left.stream())
            .min(Comparator.naturalOrder());
    last = pause.filter(rest -> rest.compareTo(LONGEST_LOOK) <= 0).isPresent();
    if (last) {
      return pause;
    }
    left = left.map(rest -> rest.minus(LONGEST_LOOK));
    return pause.map(_ -> LONGEST_LOOK);
  }

  /** Whether it is over once the time of the last {@link #nextLook} has passed. */
  boolean isReached() {
    return last;
  }
}
