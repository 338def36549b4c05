package io.github.streamingserver.mpegts;

/**
 * The decode times of one stream as they are written: each is the source's plus a shift. A time
 * that lies far from where the stream stands is written as the one that was due; when the next one
 * goes on from it, the stream's timeline has really changed, and the shift follows. Times written
 * never wrap here. One thread.
 */
final class StreamClock {
  /** How far a stream that marks no decode times goes back to show pictures in their order. */
  private static final long MAX_BACK = Ticks.PER_SECOND;

  private long shift;
  private long last;
  private long due;
  private long step;
  private boolean stepOfSegment;
  private boolean placed;
  private boolean placedInSegment;
  private boolean suspicious;
  private long suspect;
  private long suspectOut;
  private int clamped;

  /**
   * @param due when the next unit should be decoded, as written
   */
  StreamClock(long shift, long due) {
    this.shift = shift;
    this.due = due;
  }

  StreamClock copy() {
    StreamClock copy = new StreamClock(shift, due);
    copy.last = last;
    copy.step = step;
    copy.stepOfSegment = stepOfSegment;
    copy.placed = placed;
    copy.placedInSegment = placedInSegment;
    copy.suspicious = suspicious;
    copy.suspect = suspect;
    copy.suspectOut = suspectOut;
    copy.clamped = clamped;
    return copy;
  }

  /** A segment begins, and its times move by {@code nextShift}. */
  void beginSegment(long nextShift) {
    shift = nextShift;
    stepOfSegment = false;
    placedInSegment = false;
    suspicious = false;
    clamped = 0;
  }

  /** The segment's first unit is to be decoded at {@code in}, as the source has it. */
  void expect(long in) {
    due = written(in, shift);
  }

  /**
   * The time to write for {@code in}.
   *
   * @param common the shift that another stream has changed to
   */
  long place(long in, long common) {
    long out = written(in, shift);
    if (!isPlausible(out)) {
      out = placeFar(in, common);
    } else {
      suspicious = false;
    }
    accept(out);
    return out;
  }

  boolean isPlaced() {
    return placed;
  }

  boolean isPlacedInSegment() {
    return placedInSegment;
  }

  long last() {
    return last;
  }

  long due() {
    return due;
  }

  /** From one unit to the next; 0 where none was seen yet. */
  long step() {
    return step;
  }

  long shift() {
    return shift;
  }

  /** How many times of this segment were written otherwise than they came. */
  int clamped() {
    return clamped;
  }

  private long placeFar(long in, long common) {
    long other = written(in, common);
    if (placed && other > last && other <= due + StreamTimes.MAX_STEP) {
      shift = common;
      suspicious = false;
      return other;
    }
    long sinceSuspect = Ticks.between(suspect, in);
    if (suspicious && sinceSuspect >= 0 && sinceSuspect <= StreamTimes.MAX_STEP) {
      shift = Ticks.wrap(suspectOut - suspect);
      suspicious = false;
      return suspectOut + sinceSuspect;
    }
    suspicious = true;
    suspect = in;
    suspectOut = dueBefore();
    clamped++;
    return suspectOut;
  }

  /** When a unit is due; a segment's first lone one comes before the one that is expected. */
  private long dueBefore() {
    if (placedInSegment) {
      return due;
    }
    return placed && last < due ? last + (due - last) / 2 : due - 1;
  }

  private void accept(long out) {
    long advance = out - last;
    if (placedInSegment && !suspicious && advance > 0) {
      step = stepOfSegment ? Math.min(step, advance) : advance;
      stepOfSegment = true;
    }
    last = placed ? Math.max(last, out) : out;
    due = last + step;
    placed = true;
    placedInSegment = true;
  }

  private boolean isPlausible(long out) {
    return out >= due - MAX_BACK && out <= due + StreamTimes.MAX_STEP;
  }

  private long written(long in, long by) {
    return Ticks.unwrap(Ticks.wrap(in + by), due);
  }
}
