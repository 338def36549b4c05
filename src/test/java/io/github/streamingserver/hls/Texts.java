package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Map;

/** Parses the playlists of tests. */
final class Texts {
  static final URI BASE =
      URI.create("https://cdn.test/live/a/index.m3u8?token=s3cret&lang=de%20at");

  private Texts() {}

  static Playlist parse(String text) {
    return PlaylistParser.parse(text, BASE, Map.of());
  }

  /** A media playlist; the header is put before {@code lines}. */
  static MediaPlaylist media(String... lines) {
    return (MediaPlaylist) parse("#EXTM3U\n#EXT-X-TARGETDURATION:6\n" + String.join("\n", lines));
  }

  /** A multivariant playlist; the header is put before {@code lines}. */
  static MultivariantPlaylist multivariant(String... lines) {
    return (MultivariantPlaylist) parse("#EXTM3U\n" + String.join("\n", lines));
  }
}
