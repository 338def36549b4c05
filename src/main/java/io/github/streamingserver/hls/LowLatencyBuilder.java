package io.github.streamingserver.hls;

import io.github.streamingserver.hls.LowLatency.Part;
import io.github.streamingserver.hls.LowLatency.PreloadHint;
import io.github.streamingserver.hls.LowLatency.RenditionReport;
import io.github.streamingserver.hls.LowLatency.ServerControl;
import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the low-latency tags of a media playlist. */
final class LowLatencyBuilder {
  private final ParseContext context;
  private final TagReader reader;
  private final List<Part> parts = new ArrayList<>();
  private final List<PreloadHint> preloadHints = new ArrayList<>();
  private final List<RenditionReport> renditionReports = new ArrayList<>();
  private Optional<ServerControl> serverControl = Optional.empty();
  private Optional<Duration> partTarget = Optional.empty();
  private String previousPart = "";
  private long nextOffset;

  LowLatencyBuilder(ParseContext context, TagReader reader) {
    this.context = context;
    this.reader = reader;
  }

  /** Reads a tag before the segment with this media sequence. */
  void tag(TagLine line, long sequence) {
    AttributeList attributes = reader.attributes(line);
    switch (line.tag()) {
      case PART_INF -> partTarget = attributes.seconds("PART-TARGET");
      case SERVER_CONTROL -> serverControl = Optional.of(serverControl(attributes));
      case PART -> part(attributes, sequence);
      case PRELOAD_HINT -> preloadHint(attributes);
      case RENDITION_REPORT -> renditionReport(attributes);
      default -> throw new AssertionError(line.tag());
    }
  }

  LowLatency build() {
    return new LowLatency(serverControl, partTarget, parts, preloadHints, renditionReports);
  }

  private static ServerControl serverControl(AttributeList attributes) {
    return new ServerControl(
        attributes.yes("CAN-BLOCK-RELOAD"),
        attributes.seconds("CAN-SKIP-UNTIL"),
        attributes.yes("CAN-SKIP-DATERANGES"),
        attributes.seconds("HOLD-BACK"),
        attributes.seconds("PART-HOLD-BACK"));
  }

  private void part(AttributeList attributes, long sequence) {
    Optional<URI> url = reader.uri(attributes, Tag.PART);
    if (url.isEmpty()) {
      return;
    }
    String rawUri = attributes.text(Attributes.URI).orElseThrow();
    long offset = rawUri.equals(previousPart) ? nextOffset : 0;
    Optional<ByteRange> range =
        attributes.parsed(Attributes.BYTERANGE, text -> TagReader.byteRange(text, offset));
    previousPart = rawUri;
    nextOffset = range.map(ByteRange::end).orElse(0L);
    Part part =
        new Part(
            url.get(),
            sequence,
            attributes.seconds(Attributes.DURATION).orElse(Duration.ZERO),
            attributes.yes("INDEPENDENT"),
            attributes.yes(Attributes.GAP),
            range);
    context.add(parts, part, Tag.PART);
  }

  private void preloadHint(AttributeList attributes) {
    reader
        .uri(attributes, Tag.PRELOAD_HINT)
        .map(
            url ->
                new PreloadHint(
                    attributes.text(Attributes.TYPE).orElse(""),
                    url,
                    attributes.integer("BYTERANGE-START").orElse(0),
                    attributes.integer("BYTERANGE-LENGTH")))
        .ifPresent(hint -> context.add(preloadHints, hint, Tag.PRELOAD_HINT));
  }

  private void renditionReport(AttributeList attributes) {
    reader
        .uri(attributes, Tag.RENDITION_REPORT)
        .map(
            url ->
                new RenditionReport(
                    url, attributes.integer("LAST-MSN"), attributes.integer("LAST-PART")))
        .ifPresent(report -> context.add(renditionReports, report, Tag.RENDITION_REPORT));
  }
}
