package io.github.streamingserver.mpegts;

import java.io.ByteArrayOutputStream;

/** Writes parameter sets for tests: bits, Golomb codes, emulation prevention. */
final class BitWriter {
  private final StringBuilder bits = new StringBuilder();

  BitWriter bits(int count, long value) {
    for (int i = count - 1; i >= 0; i--) {
      bits.append(value >> i & 1);
    }
    return this;
  }

  BitWriter ue(long... values) {
    for (long value : values) {
      int length = 64 - Long.numberOfLeadingZeros(value + 1);
      bits(length - 1, 0).bits(length, value + 1);
    }
    return this;
  }

  BitWriter se(long value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** The bytes, closed by a stop bit, with emulation prevention bytes put in. */
  byte[] unit() {
    bits(1, 1);
    bits.append("0".repeat((8 - bits.length() % 8) % 8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (int i = 0; i < bits.length(); i += 8) {
      int value = Integer.parseInt(bits.substring(i, i + 8), 2);
      if (zeros >= 2 && value <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(value);
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}
