package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;

/** Gathers the lines of one kind of playlist. */
sealed interface PlaylistBuilder permits MediaPlaylistBuilder, MultivariantPlaylistBuilder {
  /** A tag of this kind's scope. */
  void tag(TagLine line);

  /** A URI line, variables substituted. */
  void uri(String text);

  Playlist build();
}
