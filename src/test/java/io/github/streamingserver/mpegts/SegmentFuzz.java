package io.github.streamingserver.mpegts;

import io.github.streamingserver.fuzz.Cuts;
import io.github.streamingserver.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two halves of an input as two segments: each gives the same packets however its bytes are cut,
 * and in a file they can be taken back and written again.
 */
public final class SegmentFuzz implements FuzzTarget {
  private static final int MOST_BYTES = 1 << 20;
  private static final Duration ROUNDING = Duration.ofNanos(3);

  /** What a reader made of a segment. */
  private record Read(ByteBuffer packets, SegmentFacts facts, String told) {}

  @Override
  public void read(byte[] input) {
    FuzzTarget.promise(
        !TransportStream.looksLike(input) || input.length > TsPacket.SIZE, "too short to tell");
    int half = input.length / 2 / TsPacket.SIZE * TsPacket.SIZE;
    Read first = same(Optional.empty(), Arrays.copyOf(input, half));
    Read second = same(Optional.of(first.facts()), Arrays.copyOfRange(input, half, input.length));
    write(first, second);
  }

  private static Read same(Optional<SegmentFacts> before, byte[] segment) {
    Read whole = read(before, List.of(segment));
    Read pieces = read(before, Cuts.of(segment));
    FuzzTarget.promise(whole.told().equals(pieces.told()), "other facts in pieces");
    // What was handed out before a segment broke depends on how it came.
    FuzzTarget.promise(
        whole.told().startsWith("broken") || whole.packets().equals(pieces.packets()),
        "other packets in pieces");
    FuzzTarget.promise(whole.packets().remaining() <= segment.length, "more than there was");
    return whole;
  }

  private static Read read(Optional<SegmentFacts> before, List<byte[]> pieces) {
    SegmentReader reader =
        before.isPresent() ? SegmentReader.after(before.get()) : SegmentReader.first();
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    String told;
    try {
      for (byte[] piece : pieces) {
        add(reader.push(ByteBuffer.wrap(piece.clone())), packets);
      }
      add(reader.finish(), packets);
      told = reader.facts() + ", behind them " + reader.trailingBytes();
    } catch (TransportStreamException e) {
      told = "broken: " + e.reason();
    }
    return new Read(ByteBuffer.wrap(packets.toByteArray()), reader.facts(), told);
  }

  private static void add(List<ByteBuffer> some, ByteArrayOutputStream packets) {
    for (ByteBuffer buffer : some) {
      FuzzTarget.promise(buffer.remaining() % TsPacket.SIZE == 0, "no whole packets");
      FuzzTarget.promise(packets.size() < MOST_BYTES, "packets without end");
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      packets.writeBytes(bytes);
    }
  }

  private static void write(Read first, Read second) {
    TransportStreamRewriter rewriter = new TransportStreamRewriter();
    written(rewriter, first, Boundary.CONTINUES);
    byte[] once = written(rewriter, second, Boundary.CONTINUES);
    rewriter.cutBack();
    FuzzTarget.promise(
        Arrays.equals(once, written(rewriter, second, Boundary.CONTINUES)),
        "written otherwise after it was taken back");
    written(rewriter, first, Boundary.DISCONTINUITY);
  }

  private static byte[] written(TransportStreamRewriter rewriter, Read read, Boundary boundary) {
    byte[] packets = read.packets().array().clone();
    Duration before = rewriter.duration();
    rewriter.beginSegment(read.facts(), boundary);
    rewriter.rewrite(ByteBuffer.wrap(packets));
    SegmentReport report = rewriter.endSegment();
    // A segment corrects how long the last frame of the one before was taken to last.
    Duration off = rewriter.duration().minus(before).minus(report.duration()).abs();
    FuzzTarget.promise(off.compareTo(ROUNDING) <= 0, "durations do not add up");
    FuzzTarget.promise(!rewriter.duration().isNegative(), "a negative length");
    return packets;
  }
}
