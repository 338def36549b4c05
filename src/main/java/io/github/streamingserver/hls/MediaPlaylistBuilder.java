package io.github.streamingserver.hls;

import io.github.streamingserver.hls.MediaPlaylist.PlaylistType;
import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers the lines of a media playlist; what belongs to one segment is SegmentBuilder's. */
final class MediaPlaylistBuilder implements PlaylistBuilder {
  /** Leaves room to count on from it. */
  private static final long MAX_SEQUENCE = Long.MAX_VALUE / 2;

  private static final Duration SHORTEST_TARGET = Duration.ofSeconds(1);

  private final ParseContext context;
  private final CommonTags common;
  private final TagReader reader;
  private final SegmentBuilder segment;
  private final LowLatencyBuilder lowLatency;
  private final DateRangeReader dateRangeReader;
  private final List<Segment> segments = new ArrayList<>();
  private final List<DateRange> dateRanges = new ArrayList<>();
  private Optional<Duration> targetDuration = Optional.empty();
  private Optional<PlaylistType> playlistType = Optional.empty();
  private long mediaSequence;
  private boolean endList;
  private boolean iFramesOnly;
  private long skipped;
  private List<String> removedDateRanges = List.of();

  MediaPlaylistBuilder(ParseContext context, CommonTags common) {
    this.context = context;
    this.common = common;
    this.reader = common.reader();
    this.segment = new SegmentBuilder(context, reader);
    this.lowLatency = new LowLatencyBuilder(context, reader);
    this.dateRangeReader = new DateRangeReader(context);
  }

  @Override
  public void tag(TagLine line) {
    switch (line.tag()) {
      case TARGET_DURATION -> targetDuration(line.value());
      case MEDIA_SEQUENCE -> mediaSequence = first(line).orElse(mediaSequence);
      case DISCONTINUITY_SEQUENCE -> first(line).ifPresent(segment::discontinuitySequence);
      case END_LIST -> endList = true;
      case PLAYLIST_TYPE -> playlistType(line.value());
      case I_FRAMES_ONLY -> iFramesOnly = true;
      case SKIP -> skip(reader.attributes(line));
      case DATE_RANGE ->
          context.add(dateRanges, dateRangeReader.read(reader.attributes(line)), line.tag());
      case PART_INF, SERVER_CONTROL, PART, PRELOAD_HINT, RENDITION_REPORT ->
          lowLatency.tag(line, nextSequence());
      default -> segment.tag(line, nextSequence());
    }
  }

  @Override
  public void uri(String text) {
    if (segments.size() + skipped >= context.limits().maxSegments()) {
      throw context.error("more than " + context.limits().maxSegments() + " segments");
    }
    segments.add(segment.build(text, nextSequence()));
  }

  @Override
  public MediaPlaylist build() {
    if (segment.isPending()) {
      context.warn("EXTINF without a URI behind it");
    }
    if (playlistType.equals(Optional.of(PlaylistType.VOD)) && !endList) {
      context.warn("playlist type VOD without EXT-X-ENDLIST");
    }
    return new MediaPlaylist(
        context.base(),
        common.version(),
        targetDuration.orElseGet(this::longest),
        mediaSequence,
        segment.firstDiscontinuitySequence(),
        endList,
        playlistType,
        iFramesOnly,
        common.independentSegments(),
        common.start(),
        segments,
        dateRanges,
        lowLatency.build(),
        skipped == 0
            ? Optional.empty()
            : Optional.of(
                new Skip(
                    skipped,
                    removedDateRanges,
                    segment.keysDeclaredFrom(),
                    segment.mapDeclaredFrom())),
        common.variables().defined(),
        context.warnings());
  }

  private long nextSequence() {
    return mediaSequence + skipped + segments.size();
  }

  private void targetDuration(String value) {
    if (value.indexOf('.') >= 0) {
      context.warn("target duration is no integer");
    }
    targetDuration = Numbers.seconds(value).filter(Duration::isPositive).or(() -> targetDuration);
  }

  private Duration longest() {
    context.warn("no usable target duration, taken from the longest segment");
    Duration max =
        segments.stream().map(Segment::duration).reduce(SHORTEST_TARGET, MediaPlaylistBuilder::max);
    return Duration.ofSeconds(max.plusNanos(999_999_999).toSeconds());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** A number that must stand before the first segment, since segments are counted from it. */
  private Optional<Long> first(TagLine line) {
    Optional<Long> number = Numbers.integer(line.value()).filter(n -> n <= MAX_SEQUENCE);
    if (number.isEmpty()) {
      context.warn(line.tag().text() + " is unreadable");
    }
    if (!segments.isEmpty()) {
      context.warn(line.tag().text() + " behind a segment, ignored");
      return Optional.empty();
    }
    return number;
  }

  private void playlistType(String value) {
    switch (value.toUpperCase(Locale.ROOT)) {
      case "VOD" -> playlistType = Optional.of(PlaylistType.VOD);
      case "EVENT" -> playlistType = Optional.of(PlaylistType.EVENT);
      default -> context.warn("playlist type is neither VOD nor EVENT");
    }
  }

  private void skip(AttributeList attributes) {
    long count = attributes.integer("SKIPPED-SEGMENTS").orElse(0);
    if (count == 0 || !segments.isEmpty()) {
      throw context.error("EXT-X-SKIP without a number, or behind a segment");
    }
    if (count > context.limits().maxSegments()) {
      throw context.error("more than " + context.limits().maxSegments() + " segments");
    }
    skipped = count;
    removedDateRanges =
        attributes
            .text("RECENTLY-REMOVED-DATERANGES")
            .map(ids -> List.of(ids.split("\t", -1)))
            .orElse(List.of());
  }
}
