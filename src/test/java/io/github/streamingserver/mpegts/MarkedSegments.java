package io.github.streamingserver.mpegts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tiny segments that tell which they are, wherever they are written: each picture carries the
 * segment's number. Reads such a file again, and checks what a player would stumble over.
 */
public final class MarkedSegments {
  /** Pictures in a segment. */
  public static final int PICTURES = 3;

  private static final byte[] DELIMITER = Packets.bytes(0, 0, 0, 1, 9, 0xf0);
  private static final byte[] START = Packets.bytes(0, 0, 1);
  private static final String MARK = "\u0006SIM";
  private static final int DIGITS = 12;
  private static final int MACROBLOCK = 16;
  private static final int RADIX = 10;

  private final byte[] tables;
  private final byte[] picture;

  /** Segments of pictures that large, in multiples of 16. */
  public MarkedSegments(int width, int height) {
    byte[] map = Packets.pmt(Packets.VIDEO_PID, Packets.stream(0x1b, Packets.VIDEO_PID, ""));
    tables =
        Packets.join(
            Packets.sectionPacket(0, 0, Packets.pat(1, 0xe000 | Packets.PMT_PID)),
            Packets.sectionPacket(Packets.PMT_PID, 0, map));
    BitWriter sps = new BitWriter().bits(8, 0x67).bits(8, 66).bits(16, 30).ue(0, 0, 2, 1);
    sps.bits(1, 0).ue(width / MACROBLOCK - 1, height / MACROBLOCK - 1).bits(4, 0b1100);
    picture = Packets.join(DELIMITER, START, sps.unit(), START);
  }

  /**
   * Segment {@code number}.
   *
   * @param start of its first picture, in ticks of 90 kHz
   * @param length of all, in ticks
   */
  public byte[] segment(long number, long start, long length) {
    byte[][] packets = new byte[2 + PICTURES][];
    packets[0] = tables;
    packets[1] = Packets.pcrPacket(Packets.VIDEO_PID, 0xf, Ticks.wrap(start - 9000), 0);
    for (int i = 0; i < PICTURES; i++) {
      long pts = Ticks.wrap(start + i * (length / PICTURES));
      String mark = MARK + "%0" + DIGITS + "d%d";
      byte[] data =
          Packets.join(picture, mark.formatted(number, i).getBytes(StandardCharsets.US_ASCII));
      packets[2 + i] =
          Packets.packet(Packets.VIDEO_PID, i, true, Packets.pes(0xe0, pts, pts, data));
    }
    return Packets.join(packets);
  }

  /**
   * What a file holds.
   *
   * @param numbers of the segments in it, in order
   * @param problems what is wrong with it
   */
  public record Content(List<Long> numbers, List<String> problems) {}

  /** Reads a file of such segments. */
  public static Content read(byte[] file) {
    List<Long> numbers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    if (file.length % TsPacket.SIZE != 0) {
      problems.add("ends within a packet, at byte " + file.length);
    }
    Map<Integer, Integer> counters = new HashMap<>();
    long lastPts = -1;
    int due = 0;
    for (int at = 0; at + TsPacket.SIZE <= file.length; at += TsPacket.SIZE) {
      TsPacket packet = new TsPacket(file, at);
      Integer before = counters.put(packet.pid(), packet.continuityCounter());
      int step = packet.hasPayload() ? 1 : 0;
      if (before != null && packet.continuityCounter() != ((before + step) & 0x0f)) {
        problems.add("the counters of PID %d don't run on at byte %d".formatted(packet.pid(), at));
      }
      if (packet.pid() != Packets.VIDEO_PID || !PesHeader.isIn(packet)) {
        continue;
      }
      long pts = PesHeader.of(packet).pts();
      if (lastPts >= 0 && Ticks.between(lastPts, pts) <= 0) {
        problems.add("time goes back at byte " + at);
      }
      lastPts = pts;
      long mark = mark(file, packet);
      long number = mark / RADIX;
      if (mark % RADIX != due || (due > 0 && numbers.getLast() != number)) {
        problems.add("segment %d is not whole or out of turn at byte %d".formatted(number, at));
      }
      if (mark % RADIX == 0) {
        numbers.add(number);
      }
      due = (int) (mark % RADIX + 1) % PICTURES;
    }
    if (due != 0) {
      problems.add("the last segment is not whole");
    }
    return new Content(numbers, problems);
  }

  /** The number and, as its last digit, the picture. */
  private static long mark(byte[] file, TsPacket packet) {
    int end = packet.payloadOffset() + packet.payloadLength();
    return Long.parseLong(
        new String(file, end - DIGITS - 1, DIGITS + 1, StandardCharsets.US_ASCII), RADIX);
  }
}
