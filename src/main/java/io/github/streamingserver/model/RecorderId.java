package io.github.streamingserver.model;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of recorder, by the id that clients read to pick their player. */
public enum RecorderId {
  /** One HTTP file. */
  MP4("mp4"),
  /** A media playlist with ENDLIST and MPEG-TS segments. */
  HLS_BASIC("hls_basic"),
  /** A media playlist without ENDLIST. */
  HLS_LIVE("hls_live"),
  /** Fragmented MP4 segments, separate audio, or codecs that the box can't play. */
  HLS_M4S("hls_m4s");

  private final String id;

  RecorderId(String id) {
    this.id = id;
  }

  /** The id as it stands in messages. */
  public String id() {
    return id;
  }

  /** The recorder with this id, exactly as in messages. */
  public static Optional<RecorderId> of(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }
}
