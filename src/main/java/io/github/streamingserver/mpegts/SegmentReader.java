package io.github.streamingserver.mpegts;

import io.github.streamingserver.model.DrmScheme;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one segment in chunks of any size and hands out its packets, once enough of its head was
 * seen to say which file they belong to and how their timestamps are to be shifted: program,
 * picture size, and the first timestamps of each stream.
 *
 * <p>Holds back {@link #MAX_HEAD} bytes at most; where they don't tell, the packets come without.
 * One thread.
 */
public final class SegmentReader {
  /** How much of a segment is held back, in bytes, before it must have told what it is. */
  public static final int MAX_HEAD = 512 * 1024;

  private final Packetizer packetizer = new Packetizer();
  private final SegmentInspector inspector;
  private final List<ByteBuffer> held = new ArrayList<>();
  private int heldBytes;
  private boolean open;

  private SegmentReader(SegmentInspector inspector) {
    this.inspector = inspector;
  }

  /** For the first segment of a stream. */
  public static SegmentReader first() {
    return new SegmentReader(new SegmentInspector());
  }

  /** For a segment that may rely on the program map of the one before. */
  public static SegmentReader after(SegmentFacts previous) {
    return new SegmentReader(
        previous.program().map(SegmentInspector::new).orElseGet(SegmentInspector::new));
  }

  /**
   * Reads {@code chunk} to its end. One that lets its array be changed is no longer the caller's:
   * what is handed out lies in it.
   *
   * @return whole packets in order, each array the caller's to change; none as long as the head
   *     isn't known
   * @throws TransportStreamException where this is no transport stream, or no longer one
   */
  public List<ByteBuffer> push(ByteBuffer chunk) {
    hold(packetizer.push(chunk));
    if (!open) {
      open = heldBytes > MAX_HEAD || (heldBytes > 0 && inspector.knowsHead());
    }
    return open ? release() : List.of();
  }

  /**
   * The packets that are left; the segment ends here.
   *
   * @throws TransportStreamException where the segment held no packet
   */
  public List<ByteBuffer> finish() {
    hold(packetizer.finish());
    inspector.finish();
    return release();
  }

  /** What is known of the segment so far. */
  public SegmentFacts facts() {
    return inspector.facts();
  }

  /** The protection that the packets so far show; cheaper than all the facts. */
  public Optional<DrmScheme> drm() {
    return inspector.drm();
  }

  /** Bytes at the end of the segment that made no whole packet; 0 where it ended as it should. */
  public int trailingBytes() {
    return packetizer.trailingBytes();
  }

  private void hold(List<ByteBuffer> packets) {
    for (ByteBuffer some : packets) {
      TsPacket.each(some, inspector::inspect);
      held.add(some);
      heldBytes += some.remaining();
    }
  }

  private List<ByteBuffer> release() {
    List<ByteBuffer> packets = List.copyOf(held);
    held.clear();
    heldBytes = 0;
    return packets;
  }
}
