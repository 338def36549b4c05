package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.hls.PlaylistLimits;

/** What the owner's settings allow a playlist to hold. */
public final class HlsLimits {
  private HlsLimits() {}

  /** The limits; those that no setting names are the parser's own. */
  public static PlaylistLimits of(HlsSettings settings) {
    return new PlaylistLimits(
        settings.maxPlaylistSize(),
        PlaylistLimits.DEFAULT.maxLineLength(),
        settings.maxSegments(),
        PlaylistLimits.DEFAULT.maxEntries());
  }
}
