package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import java.util.function.Consumer;

/**
 * Tells what is missing of separate sound where its picture is there: before a run of ffmpeg,
 * within it, and at its end. No I/O; one thread.
 */
final class MissingSound {
  /** As far as two renditions' segments may be cut apart. */
  private static final double LEAST_SECONDS = 0.5;

  private final MuxLane picture;
  private final MuxLane sound;
  private final Consumer<Piece.Missed> told;

  /** What is missing to the picture's very end is told. */
  private boolean complete;

  MissingSound(MuxLane picture, MuxLane sound, Consumer<Piece.Missed> told) {
    this.picture = picture;
    this.sound = sound;
    this.told = told;
  }

  /** A run begins: before it, sound is missing for longer than the picture is. */
  void begins() {
    if (sound.missed().isEmpty()) {
      return;
    }
    Piece.Missed missed = sound.missed().get();
    double length = missed.seconds() / Math.max(1, missed.segments());
    double more = missed.seconds() - picture.missed().map(Piece.Missed::seconds).orElse(0.0);
    if (more > length / 2) {
      tell(more, length, missed.cause());
    }
  }

  /** A part of it can't be had. */
  void lost(double seconds, StreamFailure cause) {
    if (!complete) {
      told.accept(new Piece.Missed(1, seconds, ofSound(cause)));
    }
  }

  /**
   * A run is over. Sound that was ahead of a picture that is lost went with it; of sound that is
   * silent, the picture has gone on where nothing more is to be had.
   *
   * @param broke whether ffmpeg broke, by which the rest is lost unless all is had again
   */
  void ended(boolean broke) {
    double ahead = sound.seconds() - picture.seconds();
    if ((broke || sound.isLeaving()) && ahead > LEAST_SECONDS) {
      tell(ahead, sound.partLength(), new StreamFailure.Failed("its picture is lost"));
    } else if (sound.isSilent() && picture.isOver() && -ahead > LEAST_SECONDS) {
      tell(-ahead, sound.partLength(), new StreamFailure.Failed("it was not there in time"));
      complete = true;
    }
  }

  private void tell(double seconds, double length, StreamFailure cause) {
    long segments = length > 0 ? Math.max(1, Math.round(seconds / length)) : 1;
    told.accept(new Piece.Missed(segments, seconds, ofSound(cause)));
  }

  private static StreamFailure ofSound(StreamFailure cause) {
    return new StreamFailure.Failed("of the sound: " + cause.message());
  }
}
