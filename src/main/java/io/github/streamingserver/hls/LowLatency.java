package io.github.streamingserver.hls;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The low-latency part of a media playlist (draft-pantos-hls-rfc8216bis §4.4.3.7 ff.): kept for
 * whoever prints it, needed by no recorder, since every part comes again as a whole segment.
 *
 * @param partTarget EXT-X-PART-INF
 */
public record LowLatency(
    Optional<ServerControl> serverControl,
    Optional<Duration> partTarget,
    List<Part> parts,
    List<PreloadHint> preloadHints,
    List<RenditionReport> renditionReports) {

  /** EXT-X-SERVER-CONTROL. */
  public record ServerControl(
      boolean canBlockReload,
      Optional<Duration> canSkipUntil,
      boolean canSkipDateRanges,
      Optional<Duration> holdBack,
      Optional<Duration> partHoldBack) {}

  /**
   * EXT-X-PART.
   *
   * @param sequence of the segment that it is a part of
   */
  public record Part(
      URI uri,
      long sequence,
      Duration duration,
      boolean independent,
      boolean gap,
      Optional<ByteRange> byteRange) {}

  /** EXT-X-PRELOAD-HINT; {@code type} is PART or MAP. */
  public record PreloadHint(String type, URI uri, long offset, OptionalLong length) {}

  /** EXT-X-RENDITION-REPORT. */
  public record RenditionReport(URI uri, OptionalLong lastSequence, OptionalLong lastPart) {}

  public LowLatency {
    parts = List.copyOf(parts);
    preloadHints = List.copyOf(preloadHints);
    renditionReports = List.copyOf(renditionReports);
  }
}
