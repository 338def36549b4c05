package io.github.streamingserver.recorder;

/**
 * Whether the network brings a part slower than it is needed. Else fetching others beside it gains
 * nothing: their bytes only grow old in the heap, and are copied there. Pure; not thread-safe.
 */
final class Supply {
  /**
   * Bytes a second of waiting. Far more than a stream has, and than most networks carry: only what
   * is limited by this machine is left.
   */
  private static final double AMPLE = 16 << 20;

  /** What was seen counts half after so many bytes. */
  private static final long MEMORY = 1 << 20;

  private static final double NANOS = 1e9;

  private double bytes;
  private double nanos;

  /**
   * Bytes of the part whose turn it is came, after having been waited for so long; none where they
   * are still waited for.
   */
  void came(long more, long waited) {
    if (bytes >= MEMORY) {
      bytes /= 2;
      nanos /= 2;
    }
    bytes += more;
    nanos += waited;
  }

  /** Not before what was waited for tells, which a few tens of milliseconds do. */
  boolean isScarce() {
    return AMPLE * nanos > Math.max(bytes, MEMORY / 2.0) * NANOS;
  }
}
