package io.github.streamingserver.mpegts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the sections of one PID together from its packets (ISO 13818-1 §2.4.4); what is broken is
 * dropped until the next section begins. Keeps one section, 4 KiB at most. One thread.
 */
final class SectionAssembler {
  private static final int HEADER = 3;
  private static final int MAX_SECTION = 4096;
  private static final int STUFFING = 0xff;

  private final byte[] section = new byte[MAX_SECTION];
  private int filled;
  private boolean collecting;
  private int lastCounter = -1;

  /** The whole sections with the right CRC that {@code packet} completes, in order. */
  List<byte[]> push(TsPacket packet) {
    List<byte[]> complete = new ArrayList<>(1);
    if (!packet.hasPayload() || packet.isScrambled() || packet.hasTransportError()) {
      return complete;
    }
    int counter = packet.continuityCounter();
    if (counter == lastCounter) {
      return complete;
    }
    collecting &= counter == (lastCounter + 1 & 0x0f);
    lastCounter = counter;
    int at = packet.payloadOffset();
    int end = at + packet.payloadLength();
    if (packet.isPayloadUnitStart()) {
      int start = Math.min(end, at + 1 + (packet.bytes()[at] & 0xff));
      collect(packet.bytes(), at + 1, start, complete);
      filled = 0;
      collecting = true;
      at = start;
    }
    collect(packet.bytes(), at, end, complete);
    return complete;
  }

  private void collect(byte[] bytes, int from, int to, List<byte[]> complete) {
    int at = from;
    while (collecting && at < to) {
      if (filled == 0 && (bytes[at] & 0xff) == STUFFING) {
        collecting = false;
        return;
      }
      int taken = Math.min(to - at, missing());
      System.arraycopy(bytes, at, section, filled, taken);
      filled += taken;
      at += taken;
      if (missing() == 0) {
        if (Crc32Mpeg.of(section, 0, filled) == 0) {
          complete.add(Arrays.copyOf(section, filled));
        }
        filled = 0;
      } else if (filled >= HEADER && HEADER + sectionLength() > MAX_SECTION) {
        collecting = false;
      }
    }
  }

  /** Bytes to the end of the section, or to its length field where that isn't there yet. */
  private int missing() {
    return filled < HEADER
        ? HEADER - filled
        : Math.min(MAX_SECTION, HEADER + sectionLength()) - filled;
  }

  private int sectionLength() {
    return (section[1] & 0x0f) << 8 | (section[2] & 0xff);
  }
}
