package io.github.streamingserver.mpegts;

/**
 * How long the last unit of a stream lasts, which no timestamp tells. A picture lasts as long as
 * the step from one to the next. A PES packet of sound holds any number of frames, so it lasts in
 * proportion to its bytes.
 */
final class UnitDuration {
  private final boolean audio;
  private long ticks;
  private long bytes;
  private long unitBytes;

  UnitDuration(boolean audio) {
    this.audio = audio;
  }

  UnitDuration copy() {
    UnitDuration copy = new UnitDuration(audio);
    copy.ticks = ticks;
    copy.bytes = bytes;
    copy.unitBytes = unitBytes;
    return copy;
  }

  /** More of the unit that began last. */
  void grow(int payload) {
    unitBytes += payload;
  }

  /**
   * A unit begins.
   *
   * @param elapsed since the last one, in ticks; 0 where that tells nothing
   */
  void begin(long elapsed) {
    if (elapsed > 0) {
      ticks += elapsed;
      bytes += unitBytes;
    }
    unitBytes = 0;
  }

  /** In ticks; {@code step} lies between the last two units. */
  long last(long step) {
    return audio && bytes > 0 ? Math.round((double) unitBytes * ticks / bytes) : step;
  }
}
