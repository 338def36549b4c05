package io.github.streamingserver.mpegts;

/**
 * Counts the AAC frames that begin in a unit of an ADTS stream (ISO 14496-3 §1.A.2.2), from its
 * bytes as they pass. Bytes that are no frame are passed over one by one.
 */
final class AdtsFrames {
  private static final long SAMPLES = 1024;
  private static final int HEADER = 6;
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  private final byte[] header = new byte[HEADER];
  private int filled;
  private int left;
  private int frames;
  private int rate;

  AdtsFrames copy() {
    AdtsFrames copy = new AdtsFrames();
    System.arraycopy(header, 0, copy.header, 0, HEADER);
    copy.filled = filled;
    copy.left = left;
    copy.frames = frames;
    copy.rate = rate;
    return copy;
  }

  /** Another unit begins; a frame may go on in it. */
  void begin() {
    frames = 0;
  }

  void push(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (left > 0) {
        int passed = Math.min(left, to - at);
        left -= passed;
        at += passed;
      } else {
        header[filled++] = bytes[at++];
        if (filled == HEADER) {
          readHeader();
        }
      }
    }
  }

  /** How long the frames last that began in this unit, in ticks; 0 where none did. */
  long ticks() {
    return frames == 0 ? 0 : frames * SAMPLES * Ticks.PER_SECOND / rate;
  }

  /** How long one frame lasts, in ticks; 0 where none was seen yet. */
  long frameTicks() {
    return rate == 0 ? 0 : SAMPLES * Ticks.PER_SECOND / rate;
  }

  private void readHeader() {
    int length = (header[3] & 3) << 11 | (header[4] & 0xff) << 3 | (header[5] & 0xff) >> 5;
    int rateIndex = header[2] >> 2 & 0x0f;
    boolean sync = (header[0] & 0xff) == 0xff && (header[1] & 0xf6) == 0xf0;
    if (sync && length > HEADER && rateIndex < RATES.length) {
      frames++;
      rate = RATES[rateIndex];
      left = length - HEADER;
      filled = 0;
    } else {
      System.arraycopy(header, 1, header, 0, HEADER - 1);
      filled = HEADER - 1;
    }
  }
}
