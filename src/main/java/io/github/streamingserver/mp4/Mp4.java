package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;
import java.util.Set;

/** Tells an ISO base media file by its first bytes. */
public final class Mp4 {
  private static final Set<String> FIRST_TYPES =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "sidx", "ssix", "emsg", "prft", "pdin", "free",
          "skip", "wide", "pnot", "uuid");

  private Mp4() {}

  /** Whether {@code first}, eight bytes or more, begin with a box that such files begin with. */
  public static boolean isMp4(byte[] first) {
    if (first.length < BoxHeader.SMALLEST) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(first);
    long size = head.getInt(0) & 0xffff_ffffL;
    return (size <= 1 || size >= BoxHeader.SMALLEST) && isFirst(BoxHeader.type(head));
  }

  static boolean isFirst(String type) {
    return FIRST_TYPES.contains(type);
  }
}
