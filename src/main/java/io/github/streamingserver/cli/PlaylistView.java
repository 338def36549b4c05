package io.github.streamingserver.cli;

/** How playlists are told of. */
sealed interface PlaylistView permits PlaylistJson, PlaylistSummary {
  /** One that was understood. */
  void show(ReadPlaylist read);

  /** A source that is none, and why. */
  void refuse(String source, String problem);
}
