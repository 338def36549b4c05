package io.github.streamingserver.hls;

import io.github.streamingserver.hls.MediaPlaylist.PlaylistType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where in its first playlist a recording begins.
 *
 * @param fromStart at the beginning of a live window, whatever the other two say
 * @param startBehind how far behind the live edge at most
 * @param buffering with how many segments at least, where the window has them; this outweighs
 *     {@code startBehind}
 */
public record StartPosition(boolean fromStart, Duration startBehind, int buffering) {
  public StartPosition {
    if (startBehind.isNegative() || buffering < 0) {
      throw new IllegalArgumentException("start " + startBehind + ", " + buffering + " segments");
    }
  }

  /**
   * The index of the first segment to record; 0 in a playlist that is complete. EXT-X-START is
   * followed where it leads to less than {@link #startBehind}.
   *
   * @param channel whether something else follows where the playlist has ended
   */
  public int index(MediaPlaylist playlist, boolean channel) {
    if (fromStart
        || (playlist.endList() && !channel)
        || playlist.playlistType().equals(Optional.of(PlaylistType.VOD))) {
      return 0;
    }
    Duration behind =
        playlist
            .start()
            .map(start -> behindEdge(start, playlist.duration()))
            .filter(wanted -> !wanted.isNegative() && wanted.compareTo(startBehind) < 0)
            .orElse(startBehind);
    List<Segment> segments = playlist.segments();
    int enough = Math.max(0, segments.size() - buffering);
    return Math.min(enough, LiveWindow.firstWithin(segments, behind));
  }

  private static Duration behindEdge(Start start, Duration window) {
    Duration offset = start.offset();
    return offset.isNegative() ? offset.negated() : window.minus(offset);
  }
}
