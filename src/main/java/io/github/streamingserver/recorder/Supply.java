package io.github.streamingserver.recorder;

/**
 * Whether the network brings parts slower than a recording may well have them. Else fetching more
 * of them at once gains nothing: they share the same network, in smaller pieces, and their bytes
 * grow old in the heap. Pure; not thread-safe.
 */
final class Supply {
  /** Bytes a second of waiting: ample for all but the densest of streams. */
  private static final double AMPLE = 4 << 20;

  /** In rates of the stream itself: what was missed while it stood still is soon had. */
  private static final double AMPLE_RATES = 4;

  /** The same of the densest: what is no faster falls behind. */
  private static final double LEAST_RATES = 1.5;

  /** What was seen before so many nanoseconds of ample supply counts less and less. */
  private static final double MEMORY = 200e6;

  /** Not before so many nanoseconds of waiting can anything be told. */
  private static final double LEAST = 100e6;

  private static final double NANOS = 1e9;

  private double ample = AMPLE;

  /** Nanoseconds that may have been waited for what came. */
  private double allowed;

  private double waited;

  /**
   * The part whose turn it is.
   *
   * @param bytes its length, 0 where not known
   * @param seconds of media in it, 0 where not known
   */
  void part(long bytes, double seconds) {
    double rate = seconds > 0 ? bytes / seconds : 0;
    ample = rate > 0 ? Math.min(AMPLE_RATES * rate, Math.max(AMPLE, LEAST_RATES * rate)) : AMPLE;
  }

  /**
   * Bytes of any part came.
   *
   * @param nanos for which it was waited for the part whose turn it is, since this was told before
   */
  void came(long bytes, long nanos) {
    allowed += bytes * NANOS / ample;
    waited += nanos;
    if (allowed > MEMORY) {
      waited *= MEMORY / allowed;
      allowed = MEMORY;
    }
  }

  /** Not before what was waited for tells. */
  boolean isScarce() {
    return waited > Math.max(allowed, LEAST);
  }
}
