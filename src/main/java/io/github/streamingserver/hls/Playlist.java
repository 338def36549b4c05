package io.github.streamingserver.hls;

import java.util.List;

/** An HLS playlist (RFC 8216 §4). */
public sealed interface Playlist permits MediaPlaylist, MultivariantPlaylist {
  /** The protocol version that it names; 1 where it names none. */
  int version();

  /** What is not as the RFC wants it and was understood all the same; a bounded number. */
  List<String> warnings();
}
