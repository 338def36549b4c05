package io.github.streamingserver.hls;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A media segment (RFC 8216 §3).
 *
 * @param sequence its media sequence number
 * @param duration in seconds, 0 or more
 * @param discontinuity whether format or timestamps may change from the segment before
 * @param gap whether its media is missing, also because its URI can't be fetched
 * @param keys every way in which it may be decrypted; empty where it is not encrypted
 */
public record Segment(
    URI uri,
    long sequence,
    double duration,
    String title,
    Optional<ByteRange> range,
    boolean discontinuity,
    boolean gap,
    List<Key> keys,
    Optional<InitSection> map,
    Optional<Instant> programDateTime) {
  /**
   * @throws IllegalArgumentException where the duration is no time
   */
  public Segment {
    keys = List.copyOf(keys);
    if (!(duration >= 0 && Double.isFinite(duration))) {
      throw new IllegalArgumentException("duration " + duration);
    }
  }
}
