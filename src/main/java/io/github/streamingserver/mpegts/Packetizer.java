package io.github.streamingserver.mpegts;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the chunks of one segment into whole packets. Junk before the first packet is skipped, up to
 * {@link #MAX_JUNK}; a packet out of step after that is an error. Keeps less than 1 KiB between
 * chunks. One thread.
 */
final class Packetizer {
  static final int MAX_JUNK = 64 * 1024;

  /** So much is copied at a time to look for packets in: most segments begin with one. */
  private static final int SEARCHED = 4096;

  private byte[] rest = {};
  private boolean synced;
  private long position;

  /**
   * The whole packets that {@code chunk} completes; it is read to its end. They lie in arrays of
   * their own, but where {@code chunk} lets its array be changed, they stay in that.
   *
   * @throws TransportStreamException where this is no transport stream, or no longer one
   */
  List<ByteBuffer> push(ByteBuffer chunk) {
    List<ByteBuffer> packets = new ArrayList<>(3);
    while (!synced && chunk.hasRemaining()) {
      byte[] some = Arrays.copyOf(rest, rest.length + Math.min(chunk.remaining(), SEARCHED));
      chunk.get(some, rest.length, some.length - rest.length);
      packets.addAll(listed(search(some)));
    }
    if (chunk.hasRemaining()) {
      packets.addAll(next(chunk));
    }
    return packets;
  }

  /** In step: at most the packet that began in the chunk before is copied. */
  private List<ByteBuffer> next(ByteBuffer chunk) {
    int available = rest.length + chunk.remaining();
    int left = available % TsPacket.SIZE;
    if (left == available) {
      byte[] more = Arrays.copyOf(rest, available);
      chunk.get(more, rest.length, chunk.remaining());
      rest = more;
      return List.of();
    }
    List<ByteBuffer> packets = new ArrayList<>(2);
    int begun = rest.length == 0 ? 0 : TsPacket.SIZE;
    int copied = chunk.hasArray() ? begun : available - left;
    if (copied > 0) {
      byte[] copy = Arrays.copyOf(rest, copied);
      chunk.get(copy, rest.length, copied - rest.length);
      packets.add(ByteBuffer.wrap(copy));
    }
    int inPlace = chunk.remaining() - left;
    if (inPlace > 0) {
      packets.add(chunk.slice(chunk.position(), inPlace));
      chunk.position(chunk.position() + inPlace);
    }
    rest = new byte[left];
    chunk.get(rest);
    for (ByteBuffer some : packets) {
      int from = some.arrayOffset();
      requireSync(some.array(), from, from + some.limit(), position - from);
      position += some.limit();
    }
    return packets;
  }

  /**
   * The last packets, where the segment was too short to be sure of them before.
   *
   * @throws TransportStreamException where no packet was found in the whole segment
   */
  List<ByteBuffer> finish() {
    if (synced) {
      return List.of();
    }
    int start = SyncSearch.inShortStream(rest, position > 0);
    if (start < 0) {
      throw noSync();
    }
    return listed(cut(rest, start));
  }

  private static List<ByteBuffer> listed(byte[] packets) {
    return packets.length == 0 ? List.of() : List.of(ByteBuffer.wrap(packets));
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
    requireSync(bytes, start, end, position);
    position += end;
    rest = Arrays.copyOfRange(bytes, end, bytes.length);
    return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
  }

  /**
   * @param place of the array's first byte in the segment
   */
  private static void requireSync(byte[] bytes, int start, int end, long place) {
    for (int at = start; at < end; at += TsPacket.SIZE) {
      if (bytes[at] != TsPacket.SYNC_BYTE) {
        throw new TransportStreamException(
            Reason.SYNC_LOST, "no packet where one should begin, at byte " + (place + at));
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
