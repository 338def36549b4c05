package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads movie and media header boxes, which begin alike (ISO 14496-12 §8.2.2, §8.4.2). */
final class MediaHeader {
  /** As many bytes as tell all, in either version. */
  static final int SIZE = 32;

  private static final long NANOS = 1_000_000_000;

  private MediaHeader() {}

  /** Units a second; 0 where the box is cut off. */
  static long timescale(ByteBuffer box) {
    int at = isLong(box) ? 20 : 12;
    return box.limit() < at + Integer.BYTES ? 0 : box.getInt(at) & 0xffff_ffffL;
  }

  /** Zero where the box is cut off or says that the duration is not known. */
  static Duration duration(ByteBuffer box) {
    long timescale = timescale(box);
    long units = units(box);
    if (timescale == 0 || units <= 0) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(units / timescale, units % timescale * NANOS / timescale);
  }

  private static long units(ByteBuffer box) {
    if (isLong(box)) {
      return box.limit() < SIZE ? 0 : box.getLong(24);
    }
    int units = box.limit() < 20 ? 0 : box.getInt(16);
    return units == -1 ? 0 : units & 0xffff_ffffL;
  }

  private static boolean isLong(ByteBuffer box) {
    return box.limit() > 0 && box.get(0) == 1;
  }
}
