package io.github.streamingserver.mpegts;

/** The size of a picture in pixels, as it is shown: after cropping. */
public record PictureSize(int width, int height) {
  static final int MAX = 16_384;

  /**
   * @throws IllegalArgumentException where no picture has this size
   */
  public PictureSize {
    if (width < 1 || height < 1 || width > MAX || height > MAX) {
      throw new IllegalArgumentException("picture size " + width + "x" + height);
    }
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
