package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.mp4.Mp4Facts;
import io.github.streamingserver.mpegts.StreamCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What is fed into one pipe.
 *
 * @param streams in the order of the container
 * @param start the time of the first sample, where the container has no timestamps; else zero
 */
public record MuxInput(InputFormat format, List<MuxStream> streams, Duration start) {
  public MuxInput {
    streams = List.copyOf(streams);
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("An input of " + format + " without a stream");
    }
    if (start.isNegative()) {
      throw new IllegalArgumentException("An input that starts at " + start);
    }
  }

  /** Fragmented MP4 with the tracks of its initialization section. */
  public static MuxInput mp4(Mp4Facts init) {
    List<MuxStream> streams = init.tracks().stream().map(MuxStream::of).toList();
    return new MuxInput(InputFormat.MP4, streams, Duration.ZERO);
  }

  /** MPEG-TS with the streams of its program map. */
  public static MuxInput mpegts(Collection<StreamCodec> program) {
    List<MuxStream> streams = program.stream().map(MuxStream::of).toList();
    return new MuxInput(InputFormat.MPEGTS, streams, Duration.ZERO);
  }

  /**
   * Packed audio. It has no timestamps but that in the ID3 tag before its first frame (RFC 8216
   * §3.4), which is {@code start}.
   */
  public static MuxInput packedAudio(InputFormat format, Duration start) {
    StreamCodec codec =
        switch (format) {
          case AAC -> StreamCodec.AAC_ADTS;
          case MP3 -> StreamCodec.MPEG_AUDIO;
          case AC3 -> StreamCodec.AC3;
          case EAC3 -> StreamCodec.EAC3;
          case MP4, MPEGTS -> throw new IllegalArgumentException(format + " is no packed audio");
        };
    return new MuxInput(format, List.of(MuxStream.of(codec)), start);
  }
}
