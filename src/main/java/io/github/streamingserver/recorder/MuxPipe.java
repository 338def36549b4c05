package io.github.streamingserver.recorder;

import java.util.Optional;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.util.ByteString;

/** A lane's inlet of a {@link MuxStage}, and its pipe into the ffmpeg that runs. One thread. */
final class MuxPipe {
  final Inlet<Piece> inlet;
  final MuxLane lane;

  /** What came and is not in any run yet. */
  Optional<Piece> held = Optional.empty();

  /** What goes in once ffmpeg runs. */
  ByteString early = ByteString.emptyByteString();

  /** Nothing more comes. */
  boolean finished;

  /** The number of ffmpeg's input; negative where it has none of this lane. */
  int input = -1;

  boolean writing;
  boolean closed;
  boolean failed;

  MuxPipe(Inlet<Piece> inlet, MuxLane lane) {
    this.inlet = inlet;
    this.lane = lane;
  }

  boolean hasInput() {
    return input >= 0;
  }

  /** Whether it needs nothing more to be known before ffmpeg can be started. */
  boolean isReady() {
    return lane.isEnded() || lane.isSilent() || lane.head().input().isPresent();
  }

  /** Whether nothing more will come of it, in any run. */
  boolean isOver() {
    return finished && held.isEmpty();
  }

  /** Whether all that went into this run was taken. */
  boolean isWhole() {
    return (closed || !hasInput()) && !writing && !failed;
  }

  /** Whether ffmpeg has all of it that it takes for now. */
  boolean isFull() {
    return writing || lane.isEnded();
  }

  void newRun() {
    lane.newRun();
    early = ByteString.emptyByteString();
    input = -1;
    writing = false;
    closed = false;
    failed = false;
  }
}
