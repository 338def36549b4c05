package io.github.streamingserver.mpegts;

/**
 * The header of a PES packet, read and changed in place at the start of a packet's payload (ISO
 * 13818-1 §2.4.3.6). Timestamps that do not lie whole in this packet read as absent: multiplexers
 * leave room for them.
 */
final class PesHeader {
  private static final int FIXED = 9;
  private static final int STAMP = 5;

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private PesHeader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Whether a PES packet begins in this packet, with a header that can hold timestamps. */
  static boolean isIn(TsPacket packet) {
    if (!packet.isPayloadUnitStart() || packet.isScrambled() || packet.payloadLength() < FIXED) {
      return false;
    }
    byte[] bytes = packet.bytes();
    int at = packet.payloadOffset();
    return bytes[at] == 0
        && bytes[at + 1] == 0
        && bytes[at + 2] == 1
        && hasTimestampFlags(bytes[at + 3] & 0xff)
        && (bytes[at + 6] & 0xc0) == 0x80;
  }

  /** The header in a packet where {@link #isIn} holds. */
  static PesHeader of(TsPacket packet) {
    return new PesHeader(packet.bytes(), packet.payloadOffset(), packet.payloadLength());
  }

  int streamId() {
    return unsigned(3);
  }

  boolean hasPts() {
    return (unsigned(7) & 0x80) != 0 && unsigned(8) >= STAMP && length >= FIXED + STAMP;
  }

  boolean hasDts() {
    return hasPts()
        && (unsigned(7) & 0x40) != 0
        && unsigned(8) >= 2 * STAMP
        && length >= FIXED + 2 * STAMP;
  }

  long pts() {
    return stamp(FIXED);
  }

  /**
   * When the unit is decoded: the DTS, or the PTS that stands for it; only with {@link #hasPts}.
   */
  long decodeTime() {
    return stamp(hasDts() ? FIXED + STAMP : FIXED);
  }

  void setPts(long ticks) {
    setStamp(FIXED, ticks);
  }

  /** Only with {@link #hasDts}. */
  void setDts(long ticks) {
    setStamp(FIXED + STAMP, ticks);
  }

  /** Bytes from the start of the payload to the elementary stream; may lie beyond this packet. */
  int size() {
    return FIXED + unsigned(8);
  }

  private static boolean hasTimestampFlags(int streamId) {
    return switch (streamId) {
      // Stream map, padding, private 2, ECM, EMM, DSM-CC, H.222.1 type E and the directory have
      // none.
      case 0xbc, 0xbe, 0xbf, 0xf0, 0xf1, 0xf2, 0xf8, 0xff -> false;
      default -> streamId >= 0xbc;
    };
  }

  private long stamp(int index) {
    return (unsigned(index) & 0x0eL) << 29
        | (long) unsigned(index + 1) << 22
        | (unsigned(index + 2) & 0xfeL) << 14
        | (long) unsigned(index + 3) << 7
        | unsigned(index + 4) >> 1;
  }

  private void setStamp(int index, long ticks) {
    int at = offset + index;
    bytes[at] = (byte) ((bytes[at] & 0xf1) | ((ticks >> 29) & 0x0e));
    bytes[at + 1] = (byte) (ticks >> 22);
    bytes[at + 2] = (byte) ((bytes[at + 2] & 1) | ((ticks >> 14) & 0xfe));
    bytes[at + 3] = (byte) (ticks >> 7);
    bytes[at + 4] = (byte) ((bytes[at + 4] & 1) | ((ticks << 1) & 0xfe));
  }

  private int unsigned(int index) {
    return bytes[offset + index] & 0xff;
  }
}
