package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mp4.Mp4Exception;
import io.github.streamingserver.mp4.Mp4Facts;
import io.github.streamingserver.mp4.Mp4Inspector;
import io.github.streamingserver.mpegts.ElementaryStream;
import io.github.streamingserver.mpegts.SegmentReader;
import io.github.streamingserver.mpegts.TransportStream;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Tells from the first bytes of a stream what it is, so that ffmpeg need not guess, and from then
 * on the times in it. One thread.
 */
final class MuxHead {
  /** What has not told by then never will. */
  static final int MOST_BYTES = 1 << 20;

  private static final int TAG = 12;

  private ByteString bytes = ByteString.emptyByteString();
  private Optional<MuxInput> input = Optional.empty();
  private Optional<LaneTimes> times = Optional.empty();

  /** What the stream is, once that is known. */
  Optional<MuxInput> input() {
    return input;
  }

  /**
   * The next bytes, an initialization section first where there is one.
   *
   * @throws StreamException where it is protected, or nothing that can be muxed
   */
  void see(ByteString more) {
    if (times.isPresent()) {
      times.get().push(more);
      return;
    }
    bytes = bytes.concat(more);
    if (bytes.size() >= TAG) {
      input = look();
    }
    if (input.isEmpty() && bytes.size() > MOST_BYTES) {
      throw failed("The stream is neither fragmented MP4, MPEG-TS nor packed audio");
    }
    if (input.isPresent()) {
      times = Optional.of(new LaneTimes(input.get().format()));
      times.get().push(bytes);
      bytes = ByteString.emptyByteString();
    }
  }

  /** The times of the part that ends here. */
  MediaTimes takeTimes() {
    return times.map(LaneTimes::take).orElse(MediaTimes.UNKNOWN);
  }

  private Optional<MuxInput> look() {
    if (TransportStream.looksLike(bytes.toArray())) {
      return transportStream();
    }
    return PackedAudio.of(bytes.toByteBuffer()).or(this::mp4);
  }

  private Optional<MuxInput> transportStream() {
    SegmentReader reader = SegmentReader.first();
    try {
      for (ByteBuffer buffer : bytes.getByteBuffers()) {
        var _ = reader.push(buffer);
      }
    } catch (TransportStreamException e) {
      throw failed("The stream is no transport stream: " + e.getMessage());
    }
    return reader
        .facts()
        .program()
        .map(program -> program.audioAndVideo().stream().map(ElementaryStream::codec).toList())
        .map(codecs -> MuxInput.mpegts(some(codecs)));
  }

  private static <T> List<T> some(List<T> streams) {
    if (streams.isEmpty()) {
      throw failed("The stream has no picture and no sound");
    }
    return streams;
  }

  private Optional<MuxInput> mp4() {
    Mp4Inspector inspector = new Mp4Inspector();
    try {
      bytes.getByteBuffers().forEach(inspector::push);
    } catch (Mp4Exception e) {
      throw failed("The stream is no fragmented MP4: " + e.getMessage());
    }
    Mp4Facts facts = inspector.facts();
    facts
        .drm()
        .ifPresent(
            scheme -> {
              throw new StreamException(new StreamFailure.DrmProtected(scheme));
            });
    if (!facts.movie()) {
      return Optional.empty();
    }
    var _ = some(facts.tracks());
    return Optional.of(MuxInput.mp4(facts));
  }

  private static StreamException failed(String problem) {
    return new StreamException(new StreamFailure.Failed(problem));
  }
}
