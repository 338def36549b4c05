package io.github.streamingserver.hls;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HLS playlist as it was understood (RFC 8216 and its successor draft). Immutable. */
public sealed interface Playlist permits MediaPlaylist, MultivariantPlaylist {
  /** What its relative URIs are resolved against: its own URL after redirects. */
  URI uri();

  /** EXT-X-VERSION; 1 where it has none. */
  int version();

  /** EXT-X-INDEPENDENT-SEGMENTS. */
  boolean independentSegments();

  /** EXT-X-START. */
  Optional<Start> start();

  /** What EXT-X-DEFINE defined here; a multivariant playlist's are imported by its media ones. */
  Map<String, String> variables();

  /** What the text had wrong and was read all the same, a sentence each; bounded in number. */
  List<String> warnings();
}
