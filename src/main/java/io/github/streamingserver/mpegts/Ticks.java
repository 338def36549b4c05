package io.github.streamingserver.mpegts;

import java.time.Duration;

/** Arithmetic on the 90 kHz clock, whose timestamps wrap at 33 bits (ISO 13818-1 §2.4.2). */
public final class Ticks {
  /** Ticks a second. */
  public static final long PER_SECOND = 90_000;

  private static final long MODULUS = 1L << 33;
  private static final long MASK = MODULUS - 1;

  private Ticks() {}

  /** {@code ticks} as they stand on the wire. */
  public static long wrap(long ticks) {
    return ticks & MASK;
  }

  /** The shortest way from {@code from} to {@code to}, both 33 bits: negative where it is back. */
  public static long between(long from, long to) {
    long distance = wrap(to - from);
    return distance >= MODULUS / 2 ? distance - MODULUS : distance;
  }

  /** The value nearest to {@code near}, which never wraps, that {@code timestamp} can stand for. */
  static long unwrap(long timestamp, long near) {
    return near + between(wrap(near), timestamp);
  }

  static Duration duration(long ticks) {
    return Duration.ofNanos(Math.multiplyExact(ticks, 100_000L) / 9);
  }
}
