package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of recorders, and whether their recordings are gone on with. A bug that strikes twice
 * at the same place is the end; a disk that fails has the time that a recording waits without
 * progress. That time is what it has waited, not what a clock says: one without a battery jumps by
 * years once it is set. One thread.
 */
final class Crashes {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_DISK_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 8;

  /** After so long without a crash, the next one is none in a row. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /**
   * The last crash of a recording.
   *
   * @param what names it
   * @param bytes that were on disk
   * @param waited what its recording has waited since it came any further, before this crash
   * @param last when it happened
   */
  private record Crash(String what, long bytes, Duration waited, Instant last, int inARow) {}

  /**
   * How a recording is gone on with.
   *
   * @param patience for how long it may be tried, where it has no end of its own
   */
  record Comeback(Duration pause, Duration patience) {}

  private final Duration budget;
  private final Map<RecordingId, Crash> crashes = new HashMap<>();
  private final Map<RecordingId, Integer> restarts = new HashMap<>();

  /**
   * @param budget how long a recording waits without progress
   */
  Crashes(Duration budget) {
    this.budget = budget;
  }

  /**
   * A recorder has crashed.
   *
   * @param bytes that are on disk for good
   * @param end the recording's own, until which a failing disk is waited for
   * @return empty where that was the end
   */
  Optional<Comeback> next(
      RecordingId id, Throwable cause, long bytes, Optional<Instant> end, Instant now) {
    Optional<Crash> before = Optional.ofNullable(crashes.get(id));
    Optional<Crash> samePlace = before.filter(crash -> crash.bytes() == bytes);
    int inARow =
        before.filter(crash -> now.isBefore(crash.last().plus(QUIET))).map(Crash::inARow).orElse(0);
    String what = describe(cause);
    boolean disk = DiskFaultException.in(cause).isPresent();
    Duration longest = disk ? LONGEST_DISK_PAUSE : LONGEST_PAUSE;
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(longest) > 0 ? longest : doubled;
    Duration patience = budget.minus(samePlace.map(Crash::waited).orElse(Duration.ZERO));
    crashes.put(id, new Crash(what, bytes, budget.minus(patience).plus(pause), now, inARow + 1));
    boolean over =
        disk
            ? end.map(it -> !now.isBefore(it)).orElse(!patience.isPositive())
            : samePlace.filter(crash -> crash.what().equals(what)).isPresent();
    if (over) {
      return Optional.empty();
    }
    restarted(id);
    return Optional.of(new Comeback(pause, patience));
  }

  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    return root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** A recording is gone on with. */
  void restarted(RecordingId id) {
    restarts.merge(id, 1, Integer::sum);
  }

  /** How often it was. */
  int restarts(RecordingId id) {
    return restarts.getOrDefault(id, 0);
  }

  /** The recording is over. */
  void forget(RecordingId id) {
    crashes.remove(id);
    restarts.remove(id);
  }
}
