package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part on its way through ffmpeg. One thread. */
final class MuxedPart {
  /** What came out of it while another part's turn was on. */
  final List<ByteBuffer> held = new ArrayList<>();

  private final Part part;
  private final int index;
  private final double end;
  private Optional<StreamFailure> lost = Optional.empty();
  private boolean missing;
  private Optional<MediaTimes> times = Optional.empty();

  /**
   * @param index in its run
   * @param end when it is over in the run by what its playlist says, in seconds
   */
  MuxedPart(Part part, int index, double end) {
    this.part = part;
    this.index = index;
    this.end = end;
  }

  Part part() {
    return part;
  }

  int index() {
    return index;
  }

  double end() {
    return end;
  }

  Optional<StreamFailure> lost() {
    return lost;
  }

  void lose(StreamFailure cause) {
    lost = Optional.of(cause);
  }

  /** It is lost, and nothing of it went in. */
  void miss(StreamFailure cause) {
    lose(cause);
    missing = true;
  }

  /** Whether all that comes out is of other parts. */
  boolean isMissing() {
    return missing;
  }

  /** All of it is in ffmpeg. */
  boolean isFed() {
    return times.isPresent();
  }

  void feed(MediaTimes told) {
    times = Optional.of(told);
  }

  /** Nothing is told before all of it is in. */
  MediaTimes times() {
    return times.orElse(MediaTimes.UNKNOWN);
  }
}
