package io.github.streamingserver.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * EXT-X-DATERANGE (RFC 8216 §4.3.2.7).
 *
 * @param rangeClass CLASS
 * @param others every further attribute, SCTE35 and X- ones among them, as text
 */
public record DateRange(
    String id,
    Optional<String> rangeClass,
    Optional<Instant> startDate,
    Optional<Instant> endDate,
    Optional<Duration> duration,
    Optional<Duration> plannedDuration,
    boolean endOnNext,
    Map<String, String> others) {
  public DateRange {
    others = Map.copyOf(others);
  }
}
