package io.github.streamingserver.hls;

import java.time.Duration;

/**
 * How much of a channel can have gone by while it was not loaded. Pure.
 *
 * <p>Between two runs of a recording a clock tells how long that was, which may have been wrong: a
 * machine without a battery begins in the past, until the network sets it. A time that is negative,
 * or longer than {@link #LONGEST}, is not known.
 */
final class Absence {
  /**
   * A gap of numbers in one folder that is longer than this, and than time explains, is another
   * numbering. Elsewhere only what time explains is a gap.
   */
  static final Duration PLAUSIBLE_GAP = Duration.ofHours(1);

  static final Duration LONGEST = Duration.ofDays(365);

  private Absence() {}

  private static boolean isKnown(Duration away) {
    return !away.isNegative() && away.compareTo(LONGEST) <= 0;
  }

  /** The longest gap that it explains, since a channel may catch up. */
  static Duration explained(Duration away) {
    return isKnown(away) ? away.multipliedBy(2) : PLAUSIBLE_GAP;
  }

  /** What may have been listed since. */
  static Duration reach(Duration away) {
    return isKnown(away) ? away : PLAUSIBLE_GAP;
  }

  /**
   * What of it went by unseen, where {@code listed} is still there; nothing where that is not
   * known, or no more than a segment.
   *
   * @param target how long a segment is at most
   */
  static Duration missed(Duration away, Duration listed, Duration target) {
    Duration missing = away.minus(listed);
    return isKnown(away) && missing.compareTo(target) > 0 ? missing : Duration.ZERO;
  }
}
