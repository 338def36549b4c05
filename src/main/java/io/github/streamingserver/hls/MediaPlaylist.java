package io.github.streamingserver.hls;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A playlist of segments.
 *
 * @param targetDuration EXT-X-TARGETDURATION; the longest segment rounded up where the tag is
 *     missing or useless; always positive
 * @param mediaSequence of the first segment, also where a delta update skips it
 * @param discontinuitySequence EXT-X-DISCONTINUITY-SEQUENCE
 * @param endList no segment will be added
 * @param skip present in a delta update: {@code segments} is only the end of the list until {@link
 *     DeltaUpdate} has completed it
 */
public record MediaPlaylist(
    URI uri,
    int version,
    Duration targetDuration,
    long mediaSequence,
    long discontinuitySequence,
    boolean endList,
    Optional<PlaylistType> playlistType,
    boolean iFramesOnly,
    boolean independentSegments,
    Optional<Start> start,
    List<Segment> segments,
    List<DateRange> dateRanges,
    LowLatency lowLatency,
    Optional<Skip> skip,
    Map<String, String> variables,
    List<String> warnings)
    implements Playlist {

  /** EXT-X-PLAYLIST-TYPE (RFC 8216 §4.3.3.5). */
  public enum PlaylistType {
    /** Segments are only ever appended. */
    EVENT,
    /** The playlist never changes. */
    VOD
  }

  public MediaPlaylist {
    if (targetDuration.isNegative() || targetDuration.isZero()) {
      throw new IllegalArgumentException("target duration " + targetDuration);
    }
    if (mediaSequence < 0) {
      throw new IllegalArgumentException("media sequence " + mediaSequence);
    }
    segments = List.copyOf(segments);
    dateRanges = List.copyOf(dateRanges);
    variables = Map.copyOf(variables);
    warnings = List.copyOf(warnings);
  }

  /** The sum of all segments. */
  public Duration duration() {
    return segments.stream().map(Segment::duration).reduce(Duration.ZERO, Duration::plus);
  }
}
