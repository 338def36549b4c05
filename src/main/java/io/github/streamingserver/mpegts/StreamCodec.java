package io.github.streamingserver.mpegts;

/** What an elementary stream holds, as its program map says. */
public enum StreamCodec {
  H264(Kind.VIDEO, "H.264"),
  HEVC(Kind.VIDEO, "HEVC"),
  VVC(Kind.VIDEO, "VVC"),
  AV1(Kind.VIDEO, "AV1"),
  MPEG1_VIDEO(Kind.VIDEO, "MPEG-1"),
  MPEG2_VIDEO(Kind.VIDEO, "MPEG-2"),
  MPEG4_VIDEO(Kind.VIDEO, "MPEG-4 Part 2"),
  AAC_ADTS(Kind.AUDIO, "AAC"),
  AAC_LATM(Kind.AUDIO, "AAC LATM"),
  MPEG_AUDIO(Kind.AUDIO, "MP3"),
  AC3(Kind.AUDIO, "AC-3"),
  EAC3(Kind.AUDIO, "E-AC-3"),
  DTS(Kind.AUDIO, "DTS"),
  OPUS(Kind.AUDIO, "Opus"),
  /** Timed metadata, subtitles, teletext, splice information, and what is not known. */
  OTHER(Kind.OTHER, "data");

  /** What a viewer gets from a stream. */
  public enum Kind {
    VIDEO,
    AUDIO,
    OTHER
  }

  private final Kind kind;
  private final String label;

  StreamCodec(Kind kind, String label) {
    this.kind = kind;
    this.label = label;
  }

  public Kind kind() {
    return kind;
  }

  /** The name for people. */
  public String label() {
    return label;
  }

  /** Picture or sound: what the duration of a recording is measured by. */
  public boolean isAudioOrVideo() {
    return kind != Kind.OTHER;
  }
}
