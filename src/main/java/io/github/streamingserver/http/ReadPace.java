package io.github.streamingserver.http;

/**
 * How long to leave a connection before it is read on, by what the last reads brought. One object a
 * connection, one thread.
 */
final class ReadPace {
  /** From here on a piece costs little for each byte. */
  static final int LARGE = 64 * 1024;

  /** So many small pieces in a row are read at once, as those of a handshake or a short answer. */
  static final int FEW = 2;

  private final int longest;
  private int small;
  private int rest;

  /**
   * @param longest the longest rest there is
   */
  ReadPace(int longest) {
    this.longest = longest;
  }

  /**
   * A piece was read.
   *
   * @param bytes its size
   * @param silence whether nothing had come for a while: this is the beginning of something
   * @return the rest that is due now, 1 for the shortest, 0 for none
   */
  int read(int bytes, boolean silence) {
    if (silence) {
      small = 0;
      rest = 0;
    }
    if (bytes >= LARGE) {
      small = 0;
      rest = Math.max(rest - 1, 0);
    } else if (rest == 0 && small < FEW) {
      small++;
    } else if (bytes < LARGE / 2) {
      rest = Math.min(rest + 1, longest);
    }
    return rest;
  }
}
