package io.github.streamingserver.mpegts;

/**
 * How long the last unit of a stream lasts, which no timestamp tells. A picture lasts as long as
 * the step from one to the next. A PES packet of sound holds any number of frames: those of ADTS
 * are counted, else it lasts in proportion to its bytes.
 */
final class UnitDuration {
  /** A frame of AC-3 lasts 32 ms at 48 kHz, one of MP3 24 ms. */
  private static final long SOUND_FRAME = Ticks.PER_SECOND * 30 / 1000;

  private final StreamCodec codec;
  private final AdtsFrames frames;
  private long ticks;
  private long bytes;
  private long unitBytes;

  UnitDuration(StreamCodec codec) {
    this(codec, new AdtsFrames());
  }

  private UnitDuration(StreamCodec codec, AdtsFrames frames) {
    this.codec = codec;
    this.frames = frames;
  }

  UnitDuration copy() {
    UnitDuration copy = new UnitDuration(codec, frames.copy());
    copy.ticks = ticks;
    copy.bytes = bytes;
    copy.unitBytes = unitBytes;
    return copy;
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
    frames.begin();
  }

  /** More bytes of the unit that began last, without the head of its PES packet. */
  void push(byte[] from, int offset, int end) {
    unitBytes += end - offset;
    if (codec == StreamCodec.AAC_ADTS) {
      frames.push(from, offset, end);
    }
  }

  /**
   * How long the first frame in the last unit lasts, in ticks. Players and ffprobe take a file to
   * end after that one: its length is told by the last timestamp, not by what follows it.
   */
  long frame(long step) {
    if (codec.kind() == StreamCodec.Kind.VIDEO) {
      return step;
    }
    return frames.frameTicks() > 0 ? frames.frameTicks() : Math.min(SOUND_FRAME, last(step));
  }

  /** How long the last unit lasts, in ticks; {@code step} lies between the last two units. */
  long last(long step) {
    if (codec.kind() == StreamCodec.Kind.VIDEO) {
      return step;
    }
    if (frames.ticks() > 0) {
      return frames.ticks();
    }
    return bytes > 0 ? Math.round((double) unitBytes * ticks / bytes) : step;
  }
}
