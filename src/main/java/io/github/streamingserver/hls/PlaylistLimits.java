package io.github.streamingserver.hls;

/**
 * What a playlist may hold, so that a hostile one can't fill the memory.
 *
 * @param bytes in all
 * @param lineLength characters in a line; signed URLs have thousands
 * @param segments in a media playlist, and variants and renditions in a multivariant one
 */
public record PlaylistLimits(int bytes, int lineLength, int segments) {
  /** The longest line that is believed to be one. */
  public static final int LINE_LENGTH = 64 << 10;
}
