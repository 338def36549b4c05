package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import io.github.streamingserver.recorder.RecordingEvent.State;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A recording and its recorder: how it stands, and what its clients have heard of it. Belongs to
 * the supervisor and its thread.
 */
final class RunningRecording {
  private final ActorRef<Recorder.Command> recorder;
  private final RecordingTask task;
  private final Recording recording;
  private final Path folder;
  private Totals totals;
  private Optional<SectionStarted> latest = Optional.empty();
  private State state = State.BUFFERING;
  private Optional<Outcome> wanted = Optional.empty();
  private int announced;
  private boolean silent;
  private boolean ended;

  RunningRecording(ActorRef<Recorder.Command> recorder, RecordingTask task, int announced) {
    this.recorder = recorder;
    this.task = task;
    this.announced = announced;
    this.recording = task.recording();
    this.folder = task.folder();
    this.totals = task.before();
  }

  ActorRef<Recorder.Command> recorder() {
    return recorder;
  }

  RecordingTask task() {
    return task;
  }

  boolean uses(Path other) {
    return folder.equals(other);
  }

  /** The last section that clients of this run of the server know of; -1 for none. */
  int announced() {
    return announced;
  }

  /** Whether it is over, or is to be. */
  boolean isEnding() {
    return ended || silent || wanted.isPresent();
  }

  /** What a client that connects is to be told of a recording that outlived its clients. */
  Optional<SectionStarted> news() {
    return task.earlier().isPresent() && !isEnding() ? latest : Optional.empty();
  }

  /** It is being replaced: nobody is to hear of it any more. */
  void silence() {
    silent = true;
  }

  boolean isSilent() {
    return silent;
  }

  /** It is not replaced after all. */
  void unsilence() {
    silent = false;
  }

  /** Takes note of an event; true where it is to be published, and is news. */
  boolean hear(RecordingEvent event) {
    switch (event) {
      case SectionStarted started -> {
        state = state == State.STOPPING ? state : State.RECORDING;
        latest = Optional.of(started);
        if (started.section() <= announced) {
          return false;
        }
        announced = started.section();
      }
      case Progressed progressed -> totals = progressed.totals();
      case Ended last -> {
        totals = last.totals();
        ended = true;
      }
    }
    return !silent;
  }

  /** The end that is wanted; false where one is on its way already. */
  boolean end(Outcome outcome) {
    if (wanted.isPresent()) {
      return false;
    }
    wanted = Optional.of(outcome);
    state = State.STOPPING;
    return true;
  }

  /** What is to be published of a recorder that is gone without having said so. */
  Optional<RecordingEvent> lastWords(Optional<StreamFailure> crash) {
    if (ended || silent) {
      return Optional.empty();
    }
    Outcome outcome =
        crash
            .<Outcome>map(Outcome.Failed::new)
            .or(() -> wanted)
            .orElseGet(() -> new Outcome.Failed(new StreamFailure.Failed("The recorder is gone")));
    return Optional.of(new Ended(recording, outcome, totals));
  }

  Status status(int restarts) {
    return new Status(
        recording.id(),
        Optional.of(recording.recorder()),
        recording.channel(),
        recording.folder(),
        state,
        totals,
        restarts);
  }
}
