package io.github.streamingserver.resolver;

import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.OptionalInt;

/**
 * What decides between streams.
 *
 * @param lines of the picture, as qualities are named: 1080 for 1080p
 * @param bandwidth bits per second; 0 where nothing tells
 * @param fallback only to be taken where the others fail
 */
record Picture(OptionalInt lines, Codec codec, long bandwidth, boolean fallback) {
  private static final int UHD = 2160;

  /** Whether only a client that plays AV1 is known to play it. */
  boolean isUhd() {
    return lines.orElse(0) >= UHD;
  }
}
