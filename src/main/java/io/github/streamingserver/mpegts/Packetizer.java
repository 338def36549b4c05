package io.github.streamingserver.mpegts;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the chunks of one segment into whole packets. Junk before the first packet is skipped, up to
 * {@link #MAX_JUNK}; a packet out of step after that is an error. Keeps less than 1 KiB between
 * chunks. One thread.
 */
final class Packetizer {
  static final int MAX_JUNK = 64 * 1024;

  private byte[] rest = {};
  private boolean synced;
  private long position;

  /**
   * The whole packets that {@code chunk} completes, in a new array; {@code chunk} is read to its
   * end.
   *
   * @throws TransportStreamException where this is no transport stream, or no longer one
   */
  byte[] push(ByteBuffer chunk) {
    if (synced) {
      return next(chunk);
    }
    byte[] bytes = Arrays.copyOf(rest, rest.length + chunk.remaining());
    chunk.get(bytes, rest.length, chunk.remaining());
    return search(bytes);
  }

  /** In step: every byte is copied once. */
  private byte[] next(ByteBuffer chunk) {
    int available = rest.length + chunk.remaining();
    int left = available % TsPacket.SIZE;
    if (left == available) {
      byte[] more = Arrays.copyOf(rest, available);
      chunk.get(more, rest.length, chunk.remaining());
      rest = more;
      return new byte[0];
    }
    byte[] packets = Arrays.copyOf(rest, available - left);
    chunk.get(packets, rest.length, packets.length - rest.length);
    rest = new byte[left];
    chunk.get(rest);
    requireSync(packets, 0, packets.length);
    position += packets.length;
    return packets;
  }

  /**
   * The last packets, where the segment was too short to be sure of them before.
   *
   * @throws TransportStreamException where no packet was found in the whole segment
   */
  byte[] finish() {
    if (synced) {
      return new byte[0];
    }
    int start = SyncSearch.inShortStream(rest, position > 0);
    if (start < 0) {
      throw noSync();
    }
    return cut(rest, start);
  }

  /** Bytes at the end that make no whole packet. */
  int trailingBytes() {
    return rest.length;
  }

  private byte[] search(byte[] bytes) {
    int at = SyncSearch.firstCandidate(bytes);
    if (position + at > MAX_JUNK) {
      throw noSync();
    }
    if (SyncSearch.isRun(bytes, at, TsPacket.SIZE)) {
      return cut(bytes, at);
    }
    rest = Arrays.copyOfRange(bytes, at, bytes.length);
    position += at;
    return new byte[0];
  }

  private byte[] cut(byte[] bytes, int start) {
    synced = true;
    int end = bytes.length - (bytes.length - start) % TsPacket.SIZE;
    requireSync(bytes, start, end);
    position += end;
    rest = Arrays.copyOfRange(bytes, end, bytes.length);
    return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
  }

  private void requireSync(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at += TsPacket.SIZE) {
      if (bytes[at] != TsPacket.SYNC_BYTE) {
        throw new TransportStreamException(
            Reason.SYNC_LOST, "no packet where one should begin, at byte " + (position + at));
      }
    }
  }

  private TransportStreamException noSync() {
    return new TransportStreamException(
        Reason.NO_SYNC,
        position + rest.length == 0
            ? "an empty segment is no transport stream"
            : "no transport stream packets in " + (position + rest.length) + " bytes");
  }
}
