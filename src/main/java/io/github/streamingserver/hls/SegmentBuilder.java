package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers what stands before a segment's URI: its own tags, and those that stay in force. */
final class SegmentBuilder {
  private final ParseContext context;
  private final TagReader reader;
  private final KeysInForce keys;
  private final Map<String, Long> nextOffsets = new HashMap<>();

  private boolean pending;
  private Optional<Duration> duration = Optional.empty();
  private String title = "";
  private Optional<String> byteRange = Optional.empty();
  private boolean discontinuity;
  private boolean gap;
  private Optional<Instant> programDateTime = Optional.empty();
  private List<Cue> cues = new ArrayList<>();

  private Optional<InitSection> map = Optional.empty();
  private boolean mapUnusable;
  private long mapDeclaredFrom = Long.MAX_VALUE;
  private OptionalLong bitrate = OptionalLong.empty();
  private long firstDiscontinuitySequence;
  private long discontinuities;
  private String previousUri = "";

  SegmentBuilder(ParseContext context, TagReader reader) {
    this.context = context;
    this.reader = reader;
    this.keys = new KeysInForce(context, reader);
  }

  /** Reads a tag before the segment with this media sequence. */
  void tag(TagLine line, long sequence) {
    switch (line.tag()) {
      case INF -> inf(line.value());
      case BYTE_RANGE -> byteRange = Optional.of(line.value());
      case DISCONTINUITY -> discontinuity = true;
      case GAP -> gap = true;
      case KEY -> keys.tag(reader.attributes(line), sequence);
      case MAP -> map(reader.attributes(line), sequence);
      case BITRATE -> bitrate(line.value());
      case PROGRAM_DATE_TIME -> programDateTime(line.value());
      case CUE_OUT, CUE_OUT_CONT, CUE_IN ->
          context.add(cues, CueReader.read(line, reader), line.tag());
      default -> throw new AssertionError(line.tag());
    }
  }

  void discontinuitySequence(long number) {
    firstDiscontinuitySequence = number;
  }

  /** Whether an EXTINF still waits for its URI. */
  boolean isPending() {
    return pending;
  }

  long firstDiscontinuitySequence() {
    return firstDiscontinuitySequence;
  }

  /** Sequence of the first segment behind an EXT-X-KEY. */
  long keysDeclaredFrom() {
    return keys.declaredFrom();
  }

  /** Sequence of the first segment behind an EXT-X-MAP. */
  long mapDeclaredFrom() {
    return mapDeclaredFrom;
  }

  /** The segment at the URI; what belonged to it alone is forgotten. */
  Segment build(String rawUri, long sequence) {
    if (!pending) {
      context.warn("segment without EXTINF");
    }
    Optional<URI> url = context.resolve(rawUri);
    if (url.isEmpty()) {
      context.warn("segment whose URI can't be fetched, kept as a gap");
    }
    Optional<ByteRange> range = byteRange.flatMap(text -> range(text, rawUri));
    boolean rangeUnusable = byteRange.isPresent() && range.isEmpty();
    discontinuities += discontinuity ? 1 : 0;
    Segment segment =
        new Segment(
            url.orElse(Segment.UNRESOLVED),
            rawUri,
            sequence,
            duration.orElse(Duration.ZERO),
            title,
            range,
            discontinuity,
            firstDiscontinuitySequence + discontinuities,
            gap || url.isEmpty() || rangeUnusable || mapUnusable,
            keys.list(),
            map,
            programDateTime,
            cues,
            bitrate);
    reset(rawUri);
    return segment;
  }

  private void reset(String rawUri) {
    previousUri = rawUri;
    pending = false;
    duration = Optional.empty();
    title = "";
    byteRange = Optional.empty();
    discontinuity = false;
    gap = false;
    programDateTime = Optional.empty();
    if (!cues.isEmpty()) {
      cues = new ArrayList<>();
    }
  }

  private void inf(String value) {
    if (pending) {
      context.warn("EXTINF without a URI behind it");
    }
    pending = true;
    ExtInf inf = ExtInf.parse(value, context);
    duration = Optional.of(inf.duration());
    title = inf.title();
  }

  private Optional<ByteRange> range(String text, String rawUri) {
    boolean continues = text.indexOf('@') < 0;
    if (continues && !(rawUri.equals(previousUri) && nextOffsets.containsKey(rawUri))) {
      context.warn("byte range without offset does not follow one of the same URI");
    }
    Optional<ByteRange> range = TagReader.byteRange(text, nextOffsets.getOrDefault(rawUri, 0L));
    range.ifPresentOrElse(
        r -> nextOffsets.put(rawUri, r.end()),
        () -> context.warn("byte range is unreadable, segment kept as a gap"));
    return range;
  }

  private void map(AttributeList attributes, long sequence) {
    mapDeclaredFrom = Math.min(mapDeclaredFrom, sequence);
    Optional<ByteRange> range =
        attributes.parsed(Attributes.BYTERANGE, text -> TagReader.byteRange(text, 0));
    Optional<URI> url = reader.uri(attributes, Tag.MAP);
    mapUnusable =
        url.isEmpty() || (attributes.text(Attributes.BYTERANGE).isPresent() && range.isEmpty());
    if (keys.list().stream().anyMatch(key -> key.isAes128() && key.iv().isEmpty())) {
      context.warn("EXT-X-MAP encrypted without an explicit IV");
    }
    map =
        mapUnusable
            ? Optional.empty()
            : url.map(
                u ->
                    new InitSection(
                        u, attributes.text(Attributes.URI).orElseThrow(), range, keys.list()));
  }

  private void bitrate(String value) {
    Optional<Long> number = Numbers.integer(value);
    if (number.isEmpty()) {
      context.warn("bitrate is unreadable");
    }
    bitrate = number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private void programDateTime(String value) {
    programDateTime = Numbers.date(value);
    if (programDateTime.isEmpty()) {
      context.warn("program date time is unreadable");
    }
  }
}
