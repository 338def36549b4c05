package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Segment;
import java.util.List;
import java.util.Optional;

/**
 * The media playlist as it was last loaded: where a segment is to be had now, and whether it still
 * is. Written by who loads it, read by who fetches; safe for use from any thread.
 */
final class Listing {
  private record Loaded(int loads, int generation, List<Segment> segments) {}

  private volatile Loaded last = new Loaded(0, 0, List.of());

  /** The playlist was loaded again, its numbers mean what they meant. */
  void loaded(MediaPlaylist playlist) {
    last = new Loaded(last.loads() + 1, last.generation(), playlist.segments());
  }

  /** The playlist was loaded again, and its numbers mean other segments now. */
  void restarted(MediaPlaylist playlist) {
    last = new Loaded(last.loads() + 1, last.generation() + 1, playlist.segments());
  }

  /** How often it was loaded. */
  int loads() {
    return last.loads();
  }

  /** Counts the restarts: a sequence number means something only together with it. */
  int generation() {
    return last.generation();
  }

  /** The segment as it is listed now; empty where it is no longer. */
  Optional<Segment> find(long sequence, int generation) {
    Loaded now = last;
    if (now.generation() != generation || now.segments().isEmpty()) {
      return Optional.empty();
    }
    long index = sequence - now.segments().getFirst().sequence();
    return index >= 0 && index < now.segments().size()
        ? Optional.of(now.segments().get((int) index))
        : Optional.empty();
  }
}
