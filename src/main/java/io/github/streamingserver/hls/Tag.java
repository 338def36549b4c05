package io.github.streamingserver.hls;

/** The tags of RFC 8216 §4.3 and of draft-pantos-hls-rfc8216bis §4.4, each once. */
final class Tag {
  static final String EXTM3U = "#EXTM3U";
  static final String ANY = "#EXT";
  static final String VERSION = "#EXT-X-VERSION";
  static final String INDEPENDENT_SEGMENTS = "#EXT-X-INDEPENDENT-SEGMENTS";
  static final String START = "#EXT-X-START";
  static final String DEFINE = "#EXT-X-DEFINE";

  static final String EXTINF = "#EXTINF";
  static final String BYTERANGE = "#EXT-X-BYTERANGE";
  static final String DISCONTINUITY = "#EXT-X-DISCONTINUITY";
  static final String KEY = "#EXT-X-KEY";
  static final String MAP = "#EXT-X-MAP";
  static final String PROGRAM_DATE_TIME = "#EXT-X-PROGRAM-DATE-TIME";
  static final String DATERANGE = "#EXT-X-DATERANGE";
  static final String GAP = "#EXT-X-GAP";
  static final String BITRATE = "#EXT-X-BITRATE";

  static final String TARGETDURATION = "#EXT-X-TARGETDURATION";
  static final String MEDIA_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE";
  static final String DISCONTINUITY_SEQUENCE = "#EXT-X-DISCONTINUITY-SEQUENCE";
  static final String ENDLIST = "#EXT-X-ENDLIST";
  static final String PLAYLIST_TYPE = "#EXT-X-PLAYLIST-TYPE";
  static final String I_FRAMES_ONLY = "#EXT-X-I-FRAMES-ONLY";

  static final String MEDIA = "#EXT-X-MEDIA";
  static final String STREAM_INF = "#EXT-X-STREAM-INF";
  static final String I_FRAME_STREAM_INF = "#EXT-X-I-FRAME-STREAM-INF";
  static final String SESSION_DATA = "#EXT-X-SESSION-DATA";
  static final String SESSION_KEY = "#EXT-X-SESSION-KEY";

  private Tag() {}
}
