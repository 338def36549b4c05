package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The content of a box with version and flags (ISO 14496-12 §4.2); what is cut off reads as 0. */
record FullBox(ByteBuffer bytes) {
  private static final int FLAGS = 0xff_ffff;

  int size() {
    return bytes.limit();
  }

  int flags() {
    return (int) at(0) & FLAGS;
  }

  boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  /** Whether it is of the version whose times have 64 bits. */
  boolean isLong() {
    return size() > 0 && bytes.get(0) == 1;
  }

  /** 32 bits without a sign. */
  long at(int index) {
    return index + Integer.BYTES > size() ? 0 : bytes.getInt(index) & 0xffff_ffffL;
  }

  long longAt(int index) {
    return index + Long.BYTES > size() ? 0 : bytes.getLong(index);
  }

  /** Four characters. */
  String text(int index) {
    return index + 4 > size()
        ? ""
        : StandardCharsets.ISO_8859_1.decode(bytes.slice(index, 4)).toString();
  }
}
