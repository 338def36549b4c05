package io.github.streamingserver.hls;

import java.util.List;
import java.util.Optional;

/**
 * A list of segments (RFC 8216 §4.3.3).
 *
 * @param targetDuration in seconds; the longest segment's where it is not written
 * @param type {@code VOD} or {@code EVENT}
 */
public record MediaPlaylist(
    int version,
    double targetDuration,
    long mediaSequence,
    long discontinuitySequence,
    boolean endList,
    Optional<String> type,
    boolean iFramesOnly,
    List<Segment> segments,
    List<String> warnings)
    implements Playlist {
  public MediaPlaylist {
    segments = List.copyOf(segments);
    warnings = List.copyOf(warnings);
  }

  /** Whether its segments are fragments of MP4 that need an initialization section. */
  public boolean isFragmented() {
    return segments.stream().anyMatch(segment -> segment.map().isPresent());
  }
}
