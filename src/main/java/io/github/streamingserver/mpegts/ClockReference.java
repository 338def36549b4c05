package io.github.streamingserver.mpegts;

/**
 * The PCRs of a file as they are written. One that lies far from the decode times around it is
 * written where the clock should be by them.
 */
final class ClockReference {
  private long lag;

  ClockReference copy() {
    ClockReference copy = new ClockReference();
    copy.lag = lag;
    return copy;
  }

  /**
   * The base to write for {@code in}.
   *
   * @param now the decode times that are written just now, never wrapped
   */
  long place(long in, long shift, long now) {
    long out = Ticks.unwrap(Ticks.wrap(in + shift), now);
    if (Math.abs(out - now) > StreamTimes.MAX_STEP) {
      return Ticks.wrap(now - lag);
    }
    lag = now - out;
    return Ticks.wrap(out);
  }
}
