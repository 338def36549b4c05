package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.mp4.FragmentTimes;
import io.github.streamingserver.mp4.Mp4Exception;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.mpegts.UnitTimes;
import io.github.streamingserver.recorder.ffmpeg.InputFormat;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;

/**
 * Tells when the units of each part that goes into ffmpeg are decoded. Of a stream that is broken,
 * or has no times of its own, nothing is told: whether it can be muxed is ffmpeg's to say. One
 * thread.
 */
final class LaneTimes {
  /** A reader of one container. */
  private record Reader(Consumer<ByteBuffer> push, Supplier<MediaTimes> take) {}

  private static final Reader NOTHING = new Reader(_ -> {}, () -> MediaTimes.UNKNOWN);

  private Reader reader;

  LaneTimes(InputFormat format) {
    reader =
        switch (format) {
          case MP4 -> fragments(new FragmentTimes());
          case MPEGTS -> units(new UnitTimes());
          case AAC, MP3, AC3, EAC3 -> NOTHING;
        };
  }

  private static Reader fragments(FragmentTimes times) {
    return new Reader(times::push, times::take);
  }

  private static Reader units(UnitTimes times) {
    return new Reader(times::push, times::take);
  }

  void push(ByteString bytes) {
    try {
      bytes.getByteBuffers().forEach(reader.push());
    } catch (Mp4Exception | TransportStreamException _) {
      reader = NOTHING;
    }
  }

  /** The times of the part that ends here. */
  MediaTimes take() {
    try {
      return reader.take().get();
    } catch (TransportStreamException _) {
      return MediaTimes.UNKNOWN;
    }
  }
}
