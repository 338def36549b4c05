package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;

/** Says which boxes a {@link BoxScanner} reads, and is given what it asked for. */
interface BoxHandler {
  /**
   * How a box is read.
   *
   * @param bytes how many of its first bytes are handed over, at most
   * @param walked whether boxes follow them; else the rest is passed over
   */
  record Plan(int bytes, boolean walked) {
    static final Plan SKIP = new Plan(0, false);

    static final Plan WALK = new Plan(0, true);

    static Plan read(int bytes) {
      return new Plan(bytes, false);
    }
  }

  /**
   * A box begins.
   *
   * @param parent the type of the box that holds it, empty at the top
   */
  Plan begin(BoxHeader box, String parent);

  /**
   * The first bytes of a box whose plan asked for some; fewer where the box is shorter.
   *
   * @return how many bytes more are passed over before the boxes in it begin
   */
  int read(BoxHeader box, ByteBuffer bytes);

  /** A box that was walked has ended. */
  void end(BoxHeader box);
}
