package io.github.streamingserver.mpegts;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Makes segments run on in one file, packet by packet in place: continuity counters, PTS, DTS, PCR
 * and OPCR, and discontinuity_indicator where the time base changes. One object a file, one thread.
 *
 * <p>The indicator is set in the first packet of a discontinuous segment that carries a PCR, which
 * has an adaptation field by definition (ISO 13818-1 §2.4.3.5). In a segment without any it is not
 * set: a packet is never put in, and the timestamps run on all the same. splicing and ESCR fields
 * stay as they are.
 */
public final class TransportStreamRewriter {
  private ContinuityFixer counters = new ContinuityFixer();
  private Timeline timeline = new Timeline();
  private ContinuityFixer countersBefore = new ContinuityFixer();
  private Timeline timelineBefore = new Timeline();
  private int pcrPid = TsPacket.NULL_PID;
  private boolean discontinuity;
  private boolean marked;

  /**
   * A segment begins.
   *
   * @param head what is known of it when its first packets are handed out
   */
  public void beginSegment(SegmentFacts head, Boundary boundary) {
    countersBefore = counters.copy();
    timelineBefore = timeline.copy();
    counters.beginSegment();
    boolean shifted = timeline.beginSegment(head, boundary);
    boolean follows = timelineBefore.duration() > 0;
    discontinuity = follows && (shifted || boundary == Boundary.DISCONTINUITY);
    marked = false;
    pcrPid = head.program().map(Program::pcrPid).orElse(TsPacket.NULL_PID);
  }

  /**
   * Changes whole packets of the segment in place.
   *
   * @throws IllegalArgumentException where {@code packets} are not whole
   */
  public void rewrite(ByteBuffer packets) {
    if (packets.remaining() % TsPacket.SIZE != 0) {
      throw new IllegalArgumentException(packets.remaining() + " bytes are no whole packets");
    }
    TsPacket.each(packets, this::rewrite);
  }

  /** The segment is complete. */
  public SegmentReport endSegment() {
    return new SegmentReport(
        Ticks.duration(timeline.duration() - timelineBefore.duration()),
        timeline.shift(),
        discontinuity,
        marked,
        timeline.clamped());
  }

  /** The segment is taken back: all is as it was before it began. */
  public void cutBack() {
    counters = countersBefore.copy();
    timeline = timelineBefore.copy();
  }

  /** How long the file plays: from the first picture or sound to the end of the last. */
  public Duration duration() {
    return Ticks.duration(timeline.duration());
  }

  private void rewrite(TsPacket packet) {
    if (packet.hasTransportError()) {
      return;
    }
    counters.fix(packet);
    timeline.shift(packet);
    if (discontinuity && !marked && packet.hasPcr() && isClock(packet.pid())) {
      marked = packet.setDiscontinuity();
    }
  }

  private boolean isClock(int pid) {
    return pcrPid == TsPacket.NULL_PID || pcrPid == pid;
  }
}
