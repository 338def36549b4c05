package io.github.streamingserver.mpegts;

/** The times of one picture or sound stream in a file, and how much of the file they fill. */
final class StreamTimeline {
  /** A picture is shown this long after it is decoded, at most. */
  private static final long MAX_DELAY = StreamTimes.MAX_STEP;

  private final StreamClock clock;
  private final UnitDuration unit;
  private long firstShown = Long.MAX_VALUE;
  private long lastShown = Long.MIN_VALUE;

  StreamTimeline(StreamCodec codec, long shift, long due) {
    this(new StreamClock(shift, due), new UnitDuration(codec));
  }

  private StreamTimeline(StreamClock clock, UnitDuration unit) {
    this.clock = clock;
    this.unit = unit;
  }

  StreamTimeline copy() {
    StreamTimeline copy = new StreamTimeline(clock.copy(), unit.copy());
    copy.firstShown = firstShown;
    copy.lastShown = lastShown;
    return copy;
  }

  StreamClock clock() {
    return clock;
  }

  /** Shifts the timestamps in {@code header}; {@code common} as for {@link StreamClock#place}. */
  void shift(PesHeader header, long common) {
    long in = header.decodeTime();
    long delay = header.hasDts() ? Ticks.between(in, header.pts()) : 0;
    long before = clock.last();
    boolean within = clock.isPlacedInSegment();
    long out = clock.place(in, common);
    unit.begin(within ? out - before : 0);
    long shown = delay < 0 || delay > MAX_DELAY ? out : out + delay;
    header.setPts(Ticks.wrap(shown));
    if (header.hasDts()) {
      header.setDts(Ticks.wrap(out));
    }
    firstShown = Math.min(firstShown, shown);
    lastShown = Math.max(lastShown, shown);
  }

  /** Counts payload that belongs to the unit that began last; {@code header} bytes are none. */
  void grow(TsPacket packet, int header) {
    int end = packet.payloadOffset() + packet.payloadLength();
    unit.push(packet.bytes(), Math.min(end, packet.payloadOffset() + header), end);
  }

  /** When the next unit is to be decoded if it follows the last one without a gap. */
  long next() {
    return clock.last() + unit.last(clock.step());
  }

  long start() {
    return firstShown;
  }

  /** When the last frame that has a timestamp has been shown. */
  long end() {
    return lastShown + unit.frame(clock.step());
  }
}
