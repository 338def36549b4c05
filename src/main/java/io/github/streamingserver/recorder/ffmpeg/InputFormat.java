package io.github.streamingserver.recorder.ffmpeg;

/** The container of an input, told to ffmpeg: what an origin sends must not choose a demuxer. */
public enum InputFormat {
  /** An initialization section and fragments. */
  MP4("mp4"),
  MPEGTS("mpegts"),
  /** Packed audio (RFC 8216 §3.4): ADTS frames, with ID3 tags between. */
  AAC("aac"),
  MP3("mp3"),
  AC3("ac3"),
  EAC3("eac3");

  private final String demuxer;

  InputFormat(String demuxer) {
    this.demuxer = demuxer;
  }

  String demuxer() {
    return demuxer;
  }
}
