package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import org.apache.pekko.util.ByteString;

/**
 * What a {@link MuxStage} tells, in order. Parts go in and bytes come out, later and with no mark
 * of which part they are of; {@link MuxedParts} finds out.
 */
sealed interface MuxEvent {
  /** An ffmpeg was started; nothing before it is still to come out. */
  record RunBegan(boolean filler, boolean discontinuity) implements MuxEvent {}

  /** The first bytes of a part go in. */
  record Begun(Part part) implements MuxEvent {}

  /** All bytes of the part that was begun last are in; {@code times} are by its own clock. */
  record Fed(Part part, MediaTimes times) implements MuxEvent {}

  /** All bytes of a part of separate sound are in. */
  record SoundFed(MediaTimes times) implements MuxEvent {}

  /** No more of separate sound goes into this run. */
  record SoundEnded() implements MuxEvent {}

  /** A part is not to be had; some of its bytes may be in. */
  record Lost(Part part, StreamFailure cause) implements MuxEvent {}

  /** The next bytes that come out, MPEG-TS. */
  record Output(ByteString bytes) implements MuxEvent {}

  /** All that went in is out. */
  record RunEnded() implements MuxEvent {}

  /** It ended, and what is not out is lost. */
  record RunBroke(StreamFailure cause) implements MuxEvent {}

  /** Goes on as it is. */
  record Aside(Piece piece) implements MuxEvent {}
}
