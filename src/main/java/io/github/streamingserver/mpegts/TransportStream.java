package io.github.streamingserver.mpegts;

/** Tells a transport stream by its first bytes. */
public final class TransportStream {
  private TransportStream() {}

  /** Bytes of a packet. */
  public static final int PACKET_SIZE = TsPacket.SIZE;

  /**
   * Whether packets of 188 bytes begin in {@code first}: at its very start, where at least two fit,
   * or after junk, where five fit.
   */
  public static boolean looksLike(byte[] first) {
    if (first.length > TsPacket.SIZE
        && SyncSearch.syncs(first, 0, TsPacket.SIZE) > (first.length - 1) / TsPacket.SIZE) {
      return true;
    }
    for (int at = 0; at < Math.min(first.length, Packetizer.MAX_JUNK); at++) {
      if (first[at] == TsPacket.SYNC_BYTE && SyncSearch.isRun(first, at, TsPacket.SIZE)) {
        return true;
      }
    }
    return false;
  }
}
