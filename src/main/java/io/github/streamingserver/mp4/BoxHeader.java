package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The head of a box (ISO 14496-12 §4.2).
 *
 * @param type four characters; {@code uuid} where {@link #extendedType} tells more
 * @param size the whole box in bytes, {@link #TO_THE_END} where it ends with what holds it
 * @param length of this head in bytes
 * @param extendedType the sixteen bytes of a {@code uuid} box in hexadecimal, else empty
 */
record BoxHeader(String type, long size, int length, String extendedType) {
  static final int SMALLEST = 8;
  static final int LARGEST = 32;
  static final long TO_THE_END = 0;

  private static final int LARGE_SIZE = 1;
  private static final int UUID_SIZE = 16;

  /** How many bytes the head has that begins with these eight. */
  static int length(ByteBuffer start) {
    int large = start.getInt(0) == LARGE_SIZE ? Long.BYTES : 0;
    return SMALLEST + large + (type(start).equals("uuid") ? UUID_SIZE : 0);
  }

  /**
   * Reads a whole head.
   *
   * @throws Mp4Exception where its size can't be
   */
  static BoxHeader read(ByteBuffer head) {
    int length = head.limit();
    String type = type(head);
    long size = head.getInt(0) & 0xffff_ffffL;
    if (size == LARGE_SIZE) {
      size = head.getLong(SMALLEST);
    }
    if (size != TO_THE_END && size < length) {
      throw new Mp4Exception("box '" + type + "' says that it has " + size + " bytes");
    }
    boolean extended = type.equals("uuid");
    return new BoxHeader(type, size, length, extended ? hex(head, length - UUID_SIZE) : "");
  }

  /** Whether the type is made of the characters that types are made of. */
  boolean hasPlainType() {
    return type.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == 0xa9);
  }

  static String type(ByteBuffer head) {
    return StandardCharsets.ISO_8859_1.decode(head.slice(4, 4)).toString();
  }

  private static String hex(ByteBuffer head, int from) {
    return "%016x%016x".formatted(head.getLong(from), head.getLong(from + Long.BYTES));
  }
}
