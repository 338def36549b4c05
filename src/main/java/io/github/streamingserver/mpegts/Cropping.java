package io.github.streamingserver.mpegts;

import java.util.Optional;

/** The cropping window that H.264 and HEVC parameter sets end a picture's size with. */
final class Cropping {
  private Cropping() {}

  /**
   * The size that is left of the coded one.
   *
   * @param unitX luma samples a horizontal cropping unit
   * @param unitY luma samples a vertical cropping unit
   * @return empty where the parameter set is broken
   */
  static Optional<PictureSize> read(
      BitReader bits, long codedWidth, long codedHeight, int unitX, int unitY) {
    long width = codedWidth;
    long height = codedHeight;
    if (bits.flag()) {
      width -= unitX * (bits.unsignedGolomb() + bits.unsignedGolomb());
      height -= unitY * (bits.unsignedGolomb() + bits.unsignedGolomb());
    }
    if (bits.isExhausted() || !isPlausible(width) || !isPlausible(height)) {
      return Optional.empty();
    }
    return Optional.of(new PictureSize((int) width, (int) height));
  }

  private static boolean isPlausible(long pixels) {
    return pixels >= 1 && pixels <= PictureSize.MAX;
  }
}
