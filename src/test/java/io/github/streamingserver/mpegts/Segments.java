package io.github.streamingserver.mpegts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds segments of one picture and one sound stream for tests, and takes them apart again. */
public final class Segments {
  static final int FRAME = 3600;
  static final int AUDIO_FRAME = 1920;
  private static final byte[] DELIMITER = HexFormat.of().parseHex("0000000109f000000001");
  private static final byte[] SPS =
      HexFormat.of().parseHex("67640028acd940780227e5c0440000030004000003");
  private static final int MACROBLOCK = 16;

  private final List<byte[]> packets = new ArrayList<>();
  private final Map<Integer, Integer> counters = new HashMap<>();
  private byte[] picture = Packets.join(DELIMITER, SPS);
  private int videoPid = Packets.VIDEO_PID;

  /** A segment without packets yet, of 1920x1080 pictures. */
  public Segments() {}

  /** A segment whose pictures and sound begin at {@code start} ticks. */
  public static byte[] of(long start, int frames) {
    return new Segments().tables().play(start, frames).bytes();
  }

  /** From now on pictures are that large, in multiples of 16. */
  public Segments size(int width, int height) {
    BitWriter sps = new BitWriter().bits(8, 0x67).bits(8, 66).bits(16, 30).ue(0, 0, 2, 1);
    sps.bits(1, 0).ue(width / MACROBLOCK - 1, height / MACROBLOCK - 1).bits(4, 0b1100);
    picture = Packets.join(DELIMITER, sps.unit());
    return this;
  }

  /** From now on pictures don't tell their size. */
  public Segments withoutSize() {
    picture = HexFormat.of().parseHex("0000000109f00000000141");
    return this;
  }

  /** From now on pictures are on that PID. */
  public Segments videoPid(int pid) {
    videoPid = pid;
    return this;
  }

  public Segments tables() {
    packets.add(Packets.sectionPacket(0, next(0), Packets.pat(1, 0xe000 | Packets.PMT_PID)));
    byte[] map =
        Packets.pmt(
            videoPid,
            Packets.stream(0x1b, videoPid, ""),
            Packets.stream(0x0f, Packets.AUDIO_PID, ""));
    packets.add(Packets.sectionPacket(Packets.PMT_PID, next(Packets.PMT_PID), map));
    return this;
  }

  /** Pictures at 25 Hz shown two frames after they are decoded, and a sound packet with each. */
  public Segments play(long start, int frames) {
    for (int i = 0; i < frames; i++) {
      long dts = Ticks.wrap(start + (long) i * FRAME);
      pcr(Ticks.wrap(dts - 9000));
      video(Ticks.wrap(dts + 2 * FRAME), dts);
      audio(dts);
    }
    return this;
  }

  Segments pcr(long base) {
    int counter = counters.getOrDefault(videoPid, -1);
    packets.add(Packets.pcrPacket(videoPid, counter, base, 7));
    return this;
  }

  Segments video(long pts, long dts) {
    return unit(videoPid, Packets.pes(0xe0, pts, dts, picture));
  }

  Segments audio(long pts) {
    return unit(Packets.AUDIO_PID, Packets.pes(0xc0, pts, pts, new byte[100]));
  }

  Segments unit(int pid, byte[] pes) {
    packets.add(Packets.packet(pid, next(pid), true, pes));
    byte[] more = new byte[184];
    new Random(packets.size()).nextBytes(more);
    packets.add(Packets.packet(pid, next(pid), false, more));
    return this;
  }

  public byte[] bytes() {
    return Packets.join(packets.toArray(byte[][]::new));
  }

  private int next(int pid) {
    return counters.merge(pid, 0, (old, zero) -> old + 1) & 0x0f;
  }

  public static byte[] resource(String name) {
    try (InputStream in = Segments.class.getResourceAsStream("/mpegts/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a segment holds when it comes in chunks of {@code chunk} bytes. */
  static SegmentFacts facts(byte[] segment, int chunk) {
    SegmentReader reader = SegmentReader.first();
    read(reader, segment, chunk);
    return reader.facts();
  }

  static byte[] read(SegmentReader reader, byte[] segment, int chunk) {
    byte[] out = {};
    for (int at = 0; at < segment.length; at += chunk) {
      int length = Math.min(chunk, segment.length - at);
      out = Packets.join(out, all(reader.push(ByteBuffer.wrap(segment, at, length))));
    }
    return Packets.join(out, all(reader.finish()));
  }

  static byte[] all(List<ByteBuffer> parts) {
    byte[] all = {};
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      all = Packets.join(all, bytes);
    }
    return all;
  }

  /** The segments as one file. */
  static byte[] write(TransportStreamRewriter rewriter, Boundary boundary, byte[]... segments) {
    byte[] file = {};
    for (byte[] segment : segments) {
      SegmentReader reader = SegmentReader.first();
      byte[] packets = read(reader, segment, 1000);
      rewriter.beginSegment(reader.facts(), boundary);
      rewriter.rewrite(ByteBuffer.wrap(packets));
      file = Packets.join(file, packets);
    }
    return file;
  }

  /** The decode times of one stream, in ticks since its first. */
  static List<Long> decodeTimes(byte[] file, int pid) {
    List<Long> times = new ArrayList<>();
    long first = -1;
    for (int at = 0; at < file.length; at += TsPacket.SIZE) {
      TsPacket packet = new TsPacket(file, at);
      if (packet.pid() == pid && PesHeader.isIn(packet)) {
        long time = PesHeader.of(packet).decodeTime();
        first = first < 0 ? time : first;
        times.add(Ticks.between(first, time));
      }
    }
    return times;
  }
}
