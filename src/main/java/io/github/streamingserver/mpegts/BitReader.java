package io.github.streamingserver.mpegts;

/**
 * Bits of a NAL unit, most significant first, without the emulation prevention bytes (ITU-T H.264
 * §7.3.1, §9.1). Reads zeros beyond the end and remembers that it did.
 */
final class BitReader {
  private static final int MAX_GOLOMB_BITS = 32;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int bit;
  private int zeros;
  private boolean exhausted;

  BitReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Something beyond the end was read, or a number too large: nothing read is to be trusted. */
  boolean isExhausted() {
    return exhausted;
  }

  boolean flag() {
    return bits(1) == 1;
  }

  /** An unsigned number of up to 32 bits. */
  long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | next();
    }
    return value;
  }

  void skip(int count) {
    for (int i = 0; i < count && !exhausted; i++) {
      next();
    }
  }

  /** ue(v). */
  long unsignedGolomb() {
    int leading = 0;
    while (!flag()) {
      leading++;
      if (exhausted || leading > MAX_GOLOMB_BITS) {
        exhausted = true;
        return 0;
      }
    }
    return (1L << leading) - 1 + bits(leading);
  }

  /** se(v). */
  long signedGolomb() {
    long code = unsignedGolomb();
    return (code & 1) == 1 ? (code + 1) / 2 : -code / 2;
  }

  private int next() {
    if (bit == 0 && zeros >= 2 && at < end && bytes[at] == 3) {
      at++;
      zeros = 0;
    }
    if (at >= end) {
      exhausted = true;
      return 0;
    }
    int value = bytes[at] >> (7 - bit) & 1;
    bit = (bit + 1) & 7;
    if (bit == 0) {
      zeros = bytes[at] == 0 ? zeros + 1 : 0;
      at++;
    }
    return value;
  }
}
