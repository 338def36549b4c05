package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistParser.Warnings;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a media playlist → {@link MediaPlaylist} (RFC 8216 §4.3.2, §4.3.3). */
final class MediaReader implements PlaylistParser.Reader {
  private final URI base;
  private final Warnings warnings;
  private final List<Segment> segments = new ArrayList<>();
  private final KeyReader keys;

  private int version = 1;
  private double targetDuration;
  private long mediaSequence;
  private long discontinuitySequence;
  private boolean endList;
  private Optional<String> type = Optional.empty();
  private boolean iFramesOnly;
  private Optional<InitSection> map = Optional.empty();

  private double duration;
  private boolean inf;
  private String title = "";
  private Optional<String> range = Optional.empty();
  private boolean discontinuity;
  private boolean gap;
  private Optional<Instant> programDateTime = Optional.empty();
  private Optional<Segment> previous = Optional.empty();

  MediaReader(URI base, Variables variables, Warnings warnings) {
    this.base = base;
    this.warnings = warnings;
    this.keys = new KeyReader(base);
  }

  @Override
  public void tag(int line, String name, String value) throws PlaylistException {
    switch (name) {
      case Tag.EXTINF -> inf(line, value);
      case Tag.BYTERANGE -> range = Optional.of(value);
      case Tag.DISCONTINUITY -> discontinuity = true;
      case Tag.GAP -> gap = true;
      case Tag.KEY -> keys.key(AttributeList.parse(value));
      case Tag.MAP -> map = map(line, AttributeList.parse(value));
      case Tag.PROGRAM_DATE_TIME -> programDateTime = time(line, value);
      case Tag.TARGETDURATION -> targetDuration = seconds(line, value, 0);
      case Tag.MEDIA_SEQUENCE -> mediaSequence = number(line, value);
      case Tag.DISCONTINUITY_SEQUENCE -> discontinuitySequence = number(line, value);
      case Tag.ENDLIST -> endList = true;
      case Tag.PLAYLIST_TYPE -> type = Optional.of(value);
      case Tag.I_FRAMES_ONLY -> iFramesOnly = true;
      case Tag.VERSION -> version = (int) Math.min(number(line, value), 99);
      default -> {
        // RFC 8216 §6.3.1: a client must ignore tags that it doesn't know.
      }
    }
  }

  private void inf(int line, String value) {
    String[] parts = value.split(",", 2);
    // IPTV lists write attributes behind the duration: EXTINF:-1 tvg-id="…",title
    double written = seconds(line, parts[0].strip().split("\\s", 2)[0], -1);
    if (written < 0) {
      warnings.add(line, "EXTINF without a duration");
    }
    duration = Math.max(0, written);
    title = parts.length > 1 ? parts[1].strip() : "";
    inf = true;
  }

  @Override
  public void uri(int line, String uri) {
    if (!inf) {
      warnings.add(line, "a URI without EXTINF");
    }
    Optional<URI> resolved = resolve(line, uri);
    URI address = resolved.orElse(base);
    Segment segment =
        new Segment(
            address,
            mediaSequence + segments.size(),
            duration,
            title,
            range.flatMap(text -> byteRange(line, text, address)),
            discontinuity,
            gap || resolved.isEmpty(),
            keys.inForce(),
            map,
            programDateTime);
    segments.add(segment);
    previous = Optional.of(segment);
    duration = 0;
    inf = false;
    title = "";
    range = Optional.empty();
    discontinuity = false;
    gap = false;
    programDateTime = Optional.empty();
  }

  /** {@code length[@offset]}; without an offset it continues the range before of the same URI. */
  private Optional<ByteRange> byteRange(int line, String text, URI address) {
    String[] parts = text.strip().split("@", 2);
    try {
      long offset =
          parts.length > 1
              ? Long.parseLong(parts[1].strip())
              : previous
                  .filter(before -> before.uri().equals(address))
                  .flatMap(Segment::range)
                  .map(ByteRange::end)
                  .orElse(0L);
      return Optional.of(new ByteRange(offset, Long.parseLong(parts[0].strip())));
    } catch (IllegalArgumentException _) {
      warnings.add(line, "no byte range: " + text);
      return Optional.empty();
    }
  }

  private Optional<InitSection> map(int line, AttributeList attributes) {
    return attributes
        .text("URI")
        .flatMap(uri -> resolve(line, uri))
        .map(
            uri ->
                new InitSection(
                    uri, attributes.text("BYTERANGE").flatMap(text -> initRange(line, text))));
  }

  private Optional<ByteRange> initRange(int line, String text) {
    return byteRange(line, text.contains("@") ? text : text + "@0", base);
  }

  private Optional<URI> resolve(int line, String uri) {
    try {
      return Optional.of(Urls.resolve(base, uri));
    } catch (IllegalArgumentException e) {
      warnings.add(line, e.getMessage() + "; treated as a gap");
      return Optional.empty();
    }
  }

  private Optional<Instant> time(int line, String value) {
    try {
      // Some write the offset without its colon, which ISO 8601 allows and Java's parser doesn't.
      return Optional.of(
          OffsetDateTime.parse(value.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant());
    } catch (DateTimeException _) {
      warnings.add(line, "no date and time: " + value);
      return Optional.empty();
    }
  }

  private double seconds(int line, String value, double otherwise) {
    try {
      double seconds = Double.parseDouble(value);
      if (Double.isFinite(seconds)) {
        return seconds;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    warnings.add(line, "no duration: " + value);
    return otherwise;
  }

  private long number(int line, String value) {
    if (value.matches("\\d{1,18}")) {
      return Long.parseLong(value);
    }
    warnings.add(line, "no number: " + value);
    return 0;
  }

  @Override
  public int size() {
    return segments.size();
  }

  @Override
  public Playlist playlist() {
    double longest = segments.stream().mapToDouble(Segment::duration).max().orElse(0);
    if (targetDuration <= 0) {
      warnings.add(1, "no target duration");
    }
    return new MediaPlaylist(
        version,
        targetDuration > 0 ? targetDuration : longest,
        mediaSequence,
        discontinuitySequence,
        endList,
        type,
        iFramesOnly,
        segments,
        warnings.list());
  }
}
