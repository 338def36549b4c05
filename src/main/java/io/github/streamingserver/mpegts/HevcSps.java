package io.github.streamingserver.mpegts;

import java.util.Optional;

/** The picture size in an HEVC sequence parameter set (ITU-T H.265 §7.3.2.2.1, §7.4.3.2.1). */
final class HevcSps {
  private static final int PROFILE_BITS = 88;
  private static final int LEVEL_BITS = 8;
  private static final int MAX_SUB_LAYERS = 8;

  private HevcSps() {}

  /** {@code bits} stand behind the two bytes of NAL unit header. */
  static Optional<PictureSize> pictureSize(BitReader bits) {
    bits.skip(4);
    int subLayers = (int) bits.bits(3);
    bits.skip(1 + PROFILE_BITS + LEVEL_BITS);
    skipSubLayers(bits, subLayers);
    bits.unsignedGolomb();
    long chroma = bits.unsignedGolomb();
    boolean separate = chroma == 3 && bits.flag();
    long width = bits.unsignedGolomb();
    long height = bits.unsignedGolomb();
    int unitX = !separate && (chroma == 1 || chroma == 2) ? 2 : 1;
    int unitY = chroma == 1 ? 2 : 1;
    return Cropping.read(bits, width, height, unitX, unitY);
  }

  private static void skipSubLayers(BitReader bits, int subLayers) {
    int present = 0;
    for (int i = 0; i < subLayers; i++) {
      present += bits.flag() ? PROFILE_BITS : 0;
      present += bits.flag() ? LEVEL_BITS : 0;
    }
    if (subLayers > 0) {
      bits.skip(2 * (MAX_SUB_LAYERS - subLayers));
    }
    bits.skip(present);
  }
}
