package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Tag.Scope.ANY;
import static io.github.streamingserver.hls.Tag.Scope.MEDIA;
import static io.github.streamingserver.hls.Tag.Scope.MULTIVARIANT;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tags that are understood, by the name that stands behind the number sign. */
enum Tag {
  EXTM3U("EXTM3U", ANY),
  VERSION("EXT-X-VERSION", ANY),
  INDEPENDENT_SEGMENTS("EXT-X-INDEPENDENT-SEGMENTS", ANY),
  START("EXT-X-START", ANY),
  DEFINE("EXT-X-DEFINE", ANY),

  TARGET_DURATION("EXT-X-TARGETDURATION", MEDIA),
  MEDIA_SEQUENCE("EXT-X-MEDIA-SEQUENCE", MEDIA),
  DISCONTINUITY_SEQUENCE("EXT-X-DISCONTINUITY-SEQUENCE", MEDIA),
  END_LIST("EXT-X-ENDLIST", MEDIA),
  PLAYLIST_TYPE("EXT-X-PLAYLIST-TYPE", MEDIA),
  I_FRAMES_ONLY("EXT-X-I-FRAMES-ONLY", MEDIA),
  PART_INF("EXT-X-PART-INF", MEDIA),
  SERVER_CONTROL("EXT-X-SERVER-CONTROL", MEDIA),
  INF("EXTINF", MEDIA),
  BYTE_RANGE("EXT-X-BYTERANGE", MEDIA),
  DISCONTINUITY("EXT-X-DISCONTINUITY", MEDIA),
  KEY("EXT-X-KEY", MEDIA),
  MAP("EXT-X-MAP", MEDIA),
  PROGRAM_DATE_TIME("EXT-X-PROGRAM-DATE-TIME", MEDIA),
  GAP("EXT-X-GAP", MEDIA),
  BITRATE("EXT-X-BITRATE", MEDIA),
  PART("EXT-X-PART", MEDIA),
  DATE_RANGE("EXT-X-DATERANGE", MEDIA),
  SKIP("EXT-X-SKIP", MEDIA),
  PRELOAD_HINT("EXT-X-PRELOAD-HINT", MEDIA),
  RENDITION_REPORT("EXT-X-RENDITION-REPORT", MEDIA),
  CUE_OUT("EXT-X-CUE-OUT", MEDIA),
  CUE_OUT_CONT("EXT-X-CUE-OUT-CONT", MEDIA),
  CUE_IN("EXT-X-CUE-IN", MEDIA),

  RENDITION("EXT-X-MEDIA", MULTIVARIANT),
  STREAM_INF("EXT-X-STREAM-INF", MULTIVARIANT),
  I_FRAME_STREAM_INF("EXT-X-I-FRAME-STREAM-INF", MULTIVARIANT),
  SESSION_DATA("EXT-X-SESSION-DATA", MULTIVARIANT),
  SESSION_KEY("EXT-X-SESSION-KEY", MULTIVARIANT),
  CONTENT_STEERING("EXT-X-CONTENT-STEERING", MULTIVARIANT);

  /** The kind of playlist that a tag belongs to. */
  enum Scope {
    ANY,
    MEDIA,
    MULTIVARIANT
  }

  private static final Map<String, Tag> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(Tag::text, Function.identity()));

  private final String text;
  private final Scope scope;

  Tag(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  static Optional<Tag> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  String text() {
    return text;
  }

  Scope scope() {
    return scope;
  }
}
