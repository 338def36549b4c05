package io.github.streamingserver.mpegts;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One packet of a transport stream, read and changed in place where it lies in a larger array (ISO
 * 13818-1 §2.4.3). A broken adaptation field reads as one without flags, never as an error.
 */
final class TsPacket {
  static final int SIZE = 188;
  static final int SYNC_BYTE = 0x47;
  static final int NULL_PID = 0x1fff;

  private static final int HEADER = 4;
  private static final int PCR_SIZE = 6;
  private static final int DISCONTINUITY = 0x80;
  private static final int PCR_FLAG = 0x10;
  private static final int OPCR_FLAG = 0x08;

  private final byte[] bytes;
  private int offset;

  /**
   * @throws IndexOutOfBoundsException where {@code bytes} end before the packet does
   */
  TsPacket(byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, SIZE, bytes.length);
    this.bytes = bytes;
    this.offset = offset;
  }

  /**
   * Each packet in {@code packets}, from its position to its limit; one object for all of them, so
   * that none must be made a packet.
   *
   * @throws IndexOutOfBoundsException where the last one isn't whole
   */
  static void each(ByteBuffer packets, Consumer<TsPacket> action) {
    if (!packets.hasRemaining()) {
      return;
    }
    TsPacket packet = new TsPacket(packets.array(), packets.arrayOffset() + packets.position());
    int end = packets.arrayOffset() + packets.limit();
    for (; packet.offset < end; packet.offset += SIZE) {
      Objects.checkFromIndexSize(packet.offset, SIZE, packet.bytes.length);
      action.accept(packet);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  boolean hasSync() {
    return unsigned(0) == SYNC_BYTE;
  }

  boolean hasTransportError() {
    return (unsigned(1) & 0x80) != 0;
  }

  /** A PES packet or a section begins in this payload. */
  boolean isPayloadUnitStart() {
    return (unsigned(1) & 0x40) != 0;
  }

  int pid() {
    return (unsigned(1) & 0x1f) << 8 | unsigned(2);
  }

  /** transport_scrambling_control is set. */
  boolean isScrambled() {
    return (unsigned(3) & 0xc0) != 0;
  }

  boolean hasAdaptationField() {
    return (unsigned(3) & 0x20) != 0;
  }

  boolean hasPayload() {
    return (unsigned(3) & 0x10) != 0 && payloadLength() > 0;
  }

  int continuityCounter() {
    return unsigned(3) & 0x0f;
  }

  void setContinuityCounter(int counter) {
    bytes[offset + 3] = (byte) ((unsigned(3) & 0xf0) | (counter & 0x0f));
  }

  /** Where the payload begins in {@link #bytes()}. */
  int payloadOffset() {
    return offset + SIZE - payloadLength();
  }

  int payloadLength() {
    if ((unsigned(3) & 0x10) == 0) {
      return 0;
    }
    int adaptation = hasAdaptationField() ? 1 + unsigned(HEADER) : 0;
    return Math.max(0, SIZE - HEADER - adaptation);
  }

  boolean isDiscontinuity() {
    return (adaptationFlags() & DISCONTINUITY) != 0;
  }

  /** Sets discontinuity_indicator; false where the packet has no adaptation field to hold it. */
  boolean setDiscontinuity() {
    if (adaptationLength() == 0) {
      return false;
    }
    bytes[offset + HEADER + 1] |= (byte) DISCONTINUITY;
    return true;
  }

  boolean hasPcr() {
    return (adaptationFlags() & PCR_FLAG) != 0 && adaptationLength() > PCR_SIZE;
  }

  /** The 33-bit base of the PCR in 90 kHz; only where {@link #hasPcr()}. */
  long pcrBase() {
    return clock(offset + HEADER + 2);
  }

  /** Writes the base of the PCR and moves an OPCR by as much; the extensions stay. */
  void setPcrBase(long base) {
    int at = offset + HEADER + 2;
    long shift = base - clock(at);
    setClock(at, base);
    if ((adaptationFlags() & OPCR_FLAG) != 0 && adaptationLength() > 2 * PCR_SIZE) {
      setClock(at + PCR_SIZE, clock(at + PCR_SIZE) + shift);
    }
  }

  private int adaptationLength() {
    if (!hasAdaptationField()) {
      return 0;
    }
    int length = unsigned(HEADER);
    return length < SIZE - HEADER ? length : 0;
  }

  private int adaptationFlags() {
    return adaptationLength() == 0 ? 0 : unsigned(HEADER + 1);
  }

  private long clock(int at) {
    return (bytes[at] & 0xffL) << 25
        | (bytes[at + 1] & 0xffL) << 17
        | (bytes[at + 2] & 0xffL) << 9
        | (bytes[at + 3] & 0xffL) << 1
        | (bytes[at + 4] & 0x80L) >> 7;
  }

  private void setClock(int at, long ticks) {
    long base = Ticks.wrap(ticks);
    bytes[at] = (byte) (base >> 25);
    bytes[at + 1] = (byte) (base >> 17);
    bytes[at + 2] = (byte) (base >> 9);
    bytes[at + 3] = (byte) (base >> 1);
    bytes[at + 4] = (byte) ((bytes[at + 4] & 0x7f) | ((base & 1) << 7));
  }

  private int unsigned(int index) {
    return bytes[offset + index] & 0xff;
  }
}
