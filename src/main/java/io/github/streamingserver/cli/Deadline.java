package io.github.streamingserver.cli;

import java.time.Duration;

/** The moment until which an answer is waited for. */
record Deadline(Duration limit, long endNanos) {
  /** No limit at all. */
  static final Deadline NEVER = new Deadline(Duration.ZERO, 0);

  /** {@code limit}, more than zero, from now on. */
  static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime() + limit.toNanos());
  }

  /** Whether it is over. */
  boolean passed() {
    return !equals(NEVER) && endNanos - System.nanoTime() <= 0;
  }

  /**
   * The rest as a socket's time-out in milliseconds, at least 1; 0, which is no limit, for never.
   */
  int remainingMillis() {
    if (equals(NEVER)) {
      return 0;
    }
    long millis = (endNanos - System.nanoTime()) / 1_000_000;
    return Math.clamp(millis, 1, Integer.MAX_VALUE);
  }
}
