package io.github.streamingserver.mpegts;

import java.util.BitSet;

/**
 * Makes the continuity counters of each PID run on from one segment to the next (ISO 13818-1
 * §2.4.3.3). A PID's counters move by the same amount all through a segment, so repeated packets,
 * packets without payload and losses in the source stay what they are. One thread.
 */
final class ContinuityFixer {
  private static final int PIDS = 0x2000;

  private final byte[] last = new byte[PIDS];
  private final byte[] shift = new byte[PIDS];
  private final BitSet known = new BitSet();
  private final BitSet inSegment = new BitSet();

  ContinuityFixer copy() {
    ContinuityFixer copy = new ContinuityFixer();
    System.arraycopy(last, 0, copy.last, 0, PIDS);
    System.arraycopy(shift, 0, copy.shift, 0, PIDS);
    copy.known.or(known);
    copy.inSegment.or(inSegment);
    return copy;
  }

  void beginSegment() {
    inSegment.clear();
  }

  void fix(TsPacket packet) {
    int pid = packet.pid();
    if (pid == TsPacket.NULL_PID) {
      return;
    }
    int counter = packet.continuityCounter();
    if (!inSegment.get(pid)) {
      inSegment.set(pid);
      int expected = packet.hasPayload() ? last[pid] + 1 : last[pid];
      shift[pid] = known.get(pid) ? (byte) (expected - counter) : 0;
      known.set(pid);
    }
    int fixed = (counter + shift[pid]) & 0x0f;
    packet.setContinuityCounter(fixed);
    last[pid] = (byte) fixed;
  }
}
