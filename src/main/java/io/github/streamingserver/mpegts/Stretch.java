package io.github.streamingserver.mpegts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Packets of one stream that lie next to each other, of one unit of picture or sound at most.
 *
 * @param decodeTime of the unit that begins with the first packet, 33 bits of 90 kHz; empty where
 *     none begins, or without a time
 * @param packets whole ones, in the array that they came in
 */
public record Stretch(int pid, OptionalLong decodeTime, ByteBuffer packets) {
  /**
   * The stretches that whole packets are made of, in order.
   *
   * @throws IndexOutOfBoundsException where the last packet isn't whole
   */
  public static List<Stretch> of(ByteBuffer packets) {
    Cutter cutter = new Cutter(packets);
    TsPacket.each(packets, cutter::see);
    cutter.cut();
    return cutter.all;
  }

  /** The same packets in the same order, those in one as far as they lie next to each other. */
  public static List<ByteBuffer> joined(List<ByteBuffer> packets) {
    List<ByteBuffer> joined = new ArrayList<>();
    for (ByteBuffer next : packets) {
      if (!joined.isEmpty() && isBehind(joined.getLast(), next)) {
        ByteBuffer last = joined.removeLast();
        int size = last.remaining() + next.remaining();
        joined.add(ByteBuffer.wrap(last.array(), last.arrayOffset() + last.position(), size));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  // Packets lie next to each other in one array, not in two that are equal.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isBehind(ByteBuffer first, ByteBuffer second) {
    return first.array() == second.array()
        && first.arrayOffset() + first.limit() == second.arrayOffset() + second.position();
  }

  private static final class Cutter {
    private final ByteBuffer packets;
    private final List<Stretch> all = new ArrayList<>();
    private int pid = TsPacket.NULL_PID;
    private OptionalLong time = OptionalLong.empty();
    private int begin;
    private int end;

    private Cutter(ByteBuffer packets) {
      this.packets = packets;
      begin = packets.position();
      end = begin;
    }

    private void see(TsPacket packet) {
      OptionalLong begins = decodeTime(packet);
      if (packet.pid() != pid || begins.isPresent()) {
        cut();
        pid = packet.pid();
        time = begins;
      }
      end += TsPacket.SIZE;
    }

    private static OptionalLong decodeTime(TsPacket packet) {
      return PesHeader.isIn(packet) && PesHeader.of(packet).hasPts()
          ? OptionalLong.of(PesHeader.of(packet).decodeTime())
          : OptionalLong.empty();
    }

    private void cut() {
      if (end > begin) {
        all.add(new Stretch(pid, time, packets.slice(begin, end - begin)));
        begin = end;
      }
    }
  }
}
