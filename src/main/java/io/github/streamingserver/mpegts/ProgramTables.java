package io.github.streamingserver.mpegts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads intact sections of the program association and the program map (ISO 13818-1 §2.4.4). */
final class ProgramTables {
  private static final int ASSOCIATION = 0x00;
  private static final int MAP = 0x02;
  private static final int TABLE_HEADER = 8;
  private static final int CRC = 4;
  private static final int CURRENT = 0x01;

  private ProgramTables() {}

  /** The PID of the first program's map. */
  static OptionalInt programMapPid(byte[] section) {
    if (!isCurrent(section, ASSOCIATION)) {
      return OptionalInt.empty();
    }
    ByteBuffer body = body(section);
    while (body.remaining() >= 4) {
      int program = body.getShort();
      int pid = body.getShort() & 0x1fff;
      if (program != 0) {
        return OptionalInt.of(pid);
      }
    }
    return OptionalInt.empty();
  }

  /** The program that a map describes; lines cut off at its end are left out. */
  static Optional<Program> program(byte[] section, int mapPid) {
    if (!isCurrent(section, MAP) || section.length < TABLE_HEADER + 4 + CRC) {
      return Optional.empty();
    }
    ByteBuffer body = body(section);
    int number = (section[3] & 0xff) << 8 | (section[4] & 0xff);
    int pcrPid = body.getShort() & 0x1fff;
    descriptors(body);
    List<ElementaryStream> streams = new ArrayList<>();
    while (body.remaining() >= 5) {
      int type = body.get() & 0xff;
      int pid = body.getShort() & 0x1fff;
      streams.add(StreamTypes.read(pid, type, descriptors(body)));
    }
    return Optional.of(new Program(number, mapPid, pcrPid, streams));
  }

  private static ByteBuffer descriptors(ByteBuffer body) {
    int length = Math.min(body.getShort() & 0x0fff, body.remaining());
    ByteBuffer descriptors = body.slice(body.position(), length);
    body.position(body.position() + length);
    return descriptors;
  }

  private static boolean isCurrent(byte[] section, int tableId) {
    return section.length >= TABLE_HEADER + CRC
        && (section[0] & 0xff) == tableId
        && (section[5] & CURRENT) != 0;
  }

  private static ByteBuffer body(byte[] section) {
    return ByteBuffer.wrap(section, TABLE_HEADER, section.length - TABLE_HEADER - CRC);
  }
}
