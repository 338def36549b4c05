package io.github.streamingserver.cli;

import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.DrmScheme;
import java.net.URI;
import java.util.Optional;

/**
 * A playlist and where it was read.
 *
 * @param source as it was given
 * @param remote whether that is a URL, against which addresses were resolved
 */
record ReadPlaylist(String source, boolean remote, Playlist playlist) {
  /** An address as it is shown: absolute where the source is a URL, as written where not. */
  String shown(String rawUri, URI url) {
    return remote && !url.equals(Segment.UNRESOLVED) ? url.toString() : rawUri;
  }

  /** The protection that the playlist names. */
  Optional<String> drm() {
    return PlaylistDrm.of(playlist).map(DrmScheme::label);
  }
}
