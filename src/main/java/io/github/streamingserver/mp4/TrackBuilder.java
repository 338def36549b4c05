package io.github.streamingserver.mp4;

/** A track while its boxes pass. */
final class TrackBuilder {
  private String handler = "";
  private String codec = "";
  private long timescale;
  private int width;
  private int height;
  private boolean encrypted;

  void handler(String type) {
    handler = type;
  }

  String handler() {
    return handler;
  }

  void timescale(long unitsASecond) {
    timescale = unitsASecond;
  }

  /** Only the first sample entry counts. */
  void sampleEntry(String type) {
    codec = codec.isEmpty() ? type : codec;
  }

  /** The type that an encrypted sample entry had before. */
  void originalFormat(String type) {
    codec = type;
  }

  void size(int pixelsWide, int pixelsHigh) {
    if (width == 0) {
      width = pixelsWide;
      height = pixelsHigh;
    }
  }

  void encrypted() {
    encrypted = true;
  }

  Mp4Track build() {
    return new Mp4Track(handler, codec, timescale, width, height, encrypted);
  }
}
