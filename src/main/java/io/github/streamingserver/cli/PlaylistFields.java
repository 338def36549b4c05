package io.github.streamingserver.cli;

import io.github.streamingserver.hls.ByteRange;
import io.github.streamingserver.hls.InitSection;
import io.github.streamingserver.hls.Key;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Rendition;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.hls.Variant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a playlist as the fields of JSON objects; absent values are null. */
record PlaylistFields(ReadPlaylist read) {
  private static final int NANO_DIGITS = 9;

  /** What stands once in a playlist, from {@code type} to {@code playlist_type}. */
  Map<String, @Nullable Object> heading() {
    Optional<MediaPlaylist> media =
        read.playlist() instanceof MediaPlaylist playlist
            ? Optional.of(playlist)
            : Optional.empty();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", media.isPresent() ? "media" : "multivariant");
    fields.put("version", read.playlist().version());
    fields.put("target_duration", media.map(m -> seconds(m.targetDuration())).orElse(null));
    fields.put("media_sequence", media.map(MediaPlaylist::mediaSequence).orElse(null));
    fields.put(
        "discontinuity_sequence", media.map(MediaPlaylist::discontinuitySequence).orElse(null));
    fields.put("end_list", media.map(MediaPlaylist::endList).orElse(null));
    fields.put("playlist_type", media.flatMap(m -> m.playlistType().map(Enum::name)).orElse(null));
    return fields;
  }

  Map<String, @Nullable Object> segment(Segment segment) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("uri", read.shown(segment.rawUri(), segment.uri()));
    fields.put("sequence", segment.sequence());
    fields.put("duration", seconds(segment.duration()));
    fields.put("title", orNull(segment.title()));
    fields.put("byterange", segment.byteRange().map(PlaylistFields::byteRange).orElse(null));
    fields.put("discontinuity", segment.discontinuity());
    fields.put("gap", segment.gap());
    fields.put("key", segment.key().map(this::key).orElse(null));
    fields.put("map", segment.map().map(this::map).orElse(null));
    fields.put("program_date_time", segment.programDateTime().map(Instant::toString).orElse(null));
    return fields;
  }

  Map<String, @Nullable Object> key(Key key) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("method", orNull(key.method()));
    fields.put("uri", orNull(read.shown(key.rawUri(), key.uri().orElse(Segment.UNRESOLVED))));
    fields.put("iv", key.iv().map(digits -> "0x" + digits).orElse(null));
    fields.put("keyformat", key.keyFormat());
    return fields;
  }

  Map<String, @Nullable Object> variant(Variant variant) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    long average = variant.averageBandwidth().orElse(0);
    fields.put("uri", read.shown(variant.rawUri(), variant.uri()));
    fields.put("bandwidth", variant.bandwidth() == 0 ? null : variant.bandwidth());
    fields.put("average_bandwidth", variant.averageBandwidth().isEmpty() ? null : average);
    fields.put("resolution", variant.resolution().map(Variant.Resolution::toString).orElse(null));
    fields.put(
        "frame_rate", variant.frameRate().isEmpty() ? null : variant.frameRate().orElseThrow());
    fields.put("codecs", orNull(String.join(",", variant.codecs())));
    fields.put("audio", variant.groups().audio().orElse(null));
    fields.put("subtitles", variant.groups().subtitles().orElse(null));
    fields.put("video", variant.groups().video().orElse(null));
    return fields;
  }

  Map<String, @Nullable Object> rendition(Rendition rendition) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", rendition.type().label());
    fields.put("group_id", rendition.groupId());
    fields.put("name", orNull(rendition.name()));
    fields.put("language", rendition.language().orElse(null));
    fields.put("default", rendition.isDefault());
    fields.put("autoselect", rendition.autoselect());
    fields.put("forced", rendition.forced());
    fields.put(
        "uri", orNull(read.shown(rendition.rawUri(), rendition.uri().orElse(Segment.UNRESOLVED))));
    return fields;
  }

  private Map<String, @Nullable Object> map(InitSection map) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("uri", read.shown(map.rawUri(), map.uri()));
    fields.put("byterange", map.byteRange().map(PlaylistFields::byteRange).orElse(null));
    return fields;
  }

  private static Map<String, Object> byteRange(ByteRange range) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("length", range.length());
    fields.put("offset", range.offset());
    return fields;
  }

  /** A number without the noise of a double: 6.006 and 6. */
  private static BigDecimal seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), NANO_DIGITS).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
