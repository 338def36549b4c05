package io.github.streamingserver.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Moments to measure waits by, which only ever go on: nobody sets this clock, as the network does
 * with that of a machine that began in the past. It says what time it is only as well as the
 * machine's clock did at the beginning, so its moments are compared with each other alone. Safe for
 * use from any thread.
 */
public final class SteadyTime implements InstantSource {
  private final Instant begin;
  private final long beginNanos;
  private final LongSupplier nanoTime;

  SteadyTime(Instant begin, LongSupplier nanoTime) {
    this.begin = begin;
    this.beginNanos = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
  }

  /** From now on. */
  public static SteadyTime start() {
    return new SteadyTime(Instant.now(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanoTime.getAsLong() - beginNanos);
  }
}
