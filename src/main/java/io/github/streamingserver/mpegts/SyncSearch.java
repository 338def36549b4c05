package io.github.streamingserver.mpegts;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;

/** Finds where packets begin: a sync byte that others follow at the right distance. */
final class SyncSearch {
  /** Sync bytes in a row that leave no doubt: fewer are met by chance in 64 KiB of junk. */
  static final int RUN = 5;

  /** A candidate is decided once this many bytes from it on are known. */
  static final int WINDOW = (RUN - 1) * 204 + 1;

  private static final int FEW = 3;

  private SyncSearch() {}

  /**
   * The first offset in {@code bytes} that begins a run of packets, or where the bytes end before
   * that is decided, the first offset that still can.
   *
   * @throws TransportStreamException where the packets have another size
   */
  static int firstCandidate(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] == TsPacket.SYNC_BYTE) {
        if (at + WINDOW > bytes.length || isRun(bytes, at, TsPacket.SIZE)) {
          return at;
        }
        refuseOtherSize(bytes, at, 192);
        refuseOtherSize(bytes, at, 204);
      }
      at++;
    }
    return at;
  }

  /** Whether {@link #RUN} sync bytes lie {@code stride} apart from {@code at} on. */
  static boolean isRun(byte[] bytes, int at, int stride) {
    return at + (RUN - 1) * stride < bytes.length && syncs(bytes, at, stride) >= RUN;
  }

  /**
   * The offset of the packets in bytes that end with their stream and are too few for a run: whole
   * packets only, and at least three of them where junk precedes. Negative where there are none.
   */
  static int inShortStream(byte[] bytes, boolean junkBefore) {
    for (int at = bytes.length % TsPacket.SIZE; at < bytes.length; at += TsPacket.SIZE) {
      int packets = (bytes.length - at) / TsPacket.SIZE;
      boolean enough = packets >= FEW || (at == 0 && !junkBefore);
      if (enough && syncs(bytes, at, TsPacket.SIZE) == packets) {
        return at;
      }
    }
    return -1;
  }

  /** How many sync bytes follow each other from {@code at} on, without a miss. */
  static int syncs(byte[] bytes, int at, int stride) {
    int count = 0;
    while (at < bytes.length && bytes[at] == TsPacket.SYNC_BYTE) {
      count++;
      at += stride;
    }
    return count;
  }

  private static void refuseOtherSize(byte[] bytes, int at, int stride) {
    if (isRun(bytes, at, stride)) {
      throw new TransportStreamException(
          Reason.OTHER_PACKET_SIZE,
          "transport stream packets of " + stride + " bytes are not supported");
    }
  }
}
