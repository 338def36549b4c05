package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.mp4.Mp4Track;
import io.github.streamingserver.mpegts.StreamCodec;
import java.util.Locale;

/**
 * A stream of an input.
 *
 * @param codec a name for people
 * @param playable a set-top box plays it in MPEG-TS: H.264, HEVC, AAC, AC-3, MP3
 */
public record MuxStream(StreamCodec.Kind kind, String codec, boolean playable) {

  /** What an initialization section tells of a track. */
  public static MuxStream of(Mp4Track track) {
    StreamCodec.Kind kind =
        track.isVideo()
            ? StreamCodec.Kind.VIDEO
            : track.isAudio() ? StreamCodec.Kind.AUDIO : StreamCodec.Kind.OTHER;
    boolean playable =
        switch (track.codec().toLowerCase(Locale.ROOT)) {
          case "avc1", "avc2", "avc3", "avc4", "dva1", "dvav" -> true;
          case "hvc1", "hev1", "hvc2", "hev2", "dvh1", "dvhe" -> true;
          case "mp4a", "ac-3", ".mp3" -> true;
          default -> false;
        };
    return new MuxStream(kind, track.codec(), playable && kind != StreamCodec.Kind.OTHER);
  }

  /** What a program map tells. */
  public static MuxStream of(StreamCodec codec) {
    boolean playable =
        switch (codec) {
          case H264, HEVC, AAC_ADTS, AAC_LATM, MPEG_AUDIO, AC3 -> true;
          case VVC, AV1, MPEG1_VIDEO, MPEG2_VIDEO, MPEG4_VIDEO, EAC3, DTS, OPUS, OTHER -> false;
        };
    return new MuxStream(codec.kind(), codec.label(), playable);
  }
}
