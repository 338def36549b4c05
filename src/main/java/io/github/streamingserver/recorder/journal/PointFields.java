package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.hls.ByteRange;
import io.github.streamingserver.hls.ResumePoint;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A point in a playlist ⇄ its fields: of segments what tells one from another. Addresses are kept
 * without their queries, where the secrets are.
 */
final class PointFields {
  private static final String FIRST = "first_sequence";
  private static final String END = "end";
  private static final String TAIL = "segments";
  private static final String TAKEN = "taken";
  private static final String URL = "uri";
  private static final String SEQUENCE = "sequence";
  private static final String DURATION = "duration";
  private static final String OFFSET = "offset";
  private static final String LENGTH = "length";
  private static final String TIME = "program_date_time";

  private PointFields() {}

  static JsonObject of(ResumePoint point) {
    List<Map<String, Object>> tail =
        point.tail().stream().map(segment -> of(segment).fields()).toList();
    JsonObject fields =
        JsonObject.of(FIRST, point.firstSequence())
            .with(END, point.end().toString())
            .with(TAIL, tail);
    return point.taken() ? fields : fields.with(TAKEN, false);
  }

  private static JsonObject of(Segment segment) {
    String url = segment.uri().toString().split("[?#]", 2)[0];
    JsonObject fields =
        JsonObject.of(URL, url)
            .with(SEQUENCE, segment.sequence())
            .with(DURATION, segment.duration().toString());
    if (segment.byteRange().isPresent()) {
      ByteRange range = segment.byteRange().get();
      fields = fields.with(OFFSET, range.offset()).with(LENGTH, range.length());
    }
    return segment.programDateTime().isPresent()
        ? fields.with(TIME, segment.programDateTime().get().toString())
        : fields;
  }

  /**
   * @throws IllegalArgumentException where anything is missing or can't be
   */
  static ResumePoint read(JsonObject fields) {
    return new ResumePoint(
        Fields.whole(fields, FIRST),
        Duration.parse(Fields.text(fields, END)),
        fields.objects(TAIL).stream().map(PointFields::segment).toList(),
        fields.bool(TAKEN).orElse(true));
  }

  private static Segment segment(JsonObject fields) {
    String url = Fields.text(fields, URL);
    URI uri = URI.create(url);
    if (!uri.equals(Segment.UNRESOLVED)) {
      Urls.requireHttp(uri);
    }
    Optional<ByteRange> range =
        fields
            .number(LENGTH)
            .map(length -> new ByteRange(Fields.whole(fields, OFFSET), length.longValue()));
    return new Segment(
        uri,
        url,
        Fields.whole(fields, SEQUENCE),
        Duration.parse(Fields.text(fields, DURATION)),
        "",
        range,
        false,
        0,
        uri.equals(Segment.UNRESOLVED),
        List.of(),
        Optional.empty(),
        fields.text(TIME).map(Instant::parse),
        List.of(),
        OptionalLong.empty());
  }
}
