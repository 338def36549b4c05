package io.github.streamingserver.recorder;

/**
 * How many parts may be fetched at once: as many as their bytes allow. Small ones many at once,
 * huge ones one at a time. Pure; not thread-safe.
 *
 * <p>A part counts with what it has in memory and what is still expected of it. A part whose length
 * is not known yet is expected to be as long as the latest whose length is; before any is known, it
 * may fill the limit alone.
 */
final class LookAhead {
  private final long limit;
  private final int mostParts;
  private long typical;
  private boolean known;
  private long buffered;
  private long expected;
  private int parts;

  /**
   * @param limit bytes in memory
   * @param mostParts parts at once, however small
   */
  LookAhead(long limit, int mostParts) {
    this.limit = limit;
    this.mostParts = mostParts;
    this.typical = limit;
  }

  /** Whether one more part may begin. */
  boolean admits() {
    return parts == 0 || (parts < mostParts && buffered + expected < limit);
  }

  /** Whether parts behind the first may read on. */
  boolean hasRoom() {
    return buffered < limit;
  }

  /** A part begins; what it returns is the account to keep of it. */
  Account begin() {
    parts++;
    expected += typical;
    return new Account(typical);
  }

  /** What one part has and will have. */
  final class Account {
    private long toCome;
    private long held;

    private Account(long toCome) {
      this.toCome = toCome;
    }

    /** So many bytes are still to come. */
    void length(long bytes) {
      known = true;
      expect(bytes);
    }

    /** Its length should be known by now: one whose answer doesn't come keeps none waiting. */
    void late() {
      if (!known) {
        expect(limit / 2);
      }
    }

    private void expect(long bytes) {
      typical = bytes;
      expected += bytes - toCome;
      toCome = bytes;
    }

    /** Bytes came into memory. */
    void arrived(long bytes) {
      long less = Math.min(toCome, bytes);
      toCome -= less;
      expected -= less;
      held += bytes;
      buffered += bytes;
    }

    /** Bytes left memory, for the disk. */
    void passed(long bytes) {
      held -= bytes;
      buffered -= bytes;
    }

    /** Nothing more comes. */
    void ended() {
      expected -= toCome;
      toCome = 0;
    }

    /** All has left memory. */
    void closed() {
      ended();
      passed(held);
      parts--;
    }
  }
}
