package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a recording stands by the facts so far, in the words of its events. One thread. */
final class Tally {
  private final Recording recording;
  private final SectionStarts starts;
  private Totals totals;
  private Optional<StreamFailure> lastLoss = Optional.empty();
  private OptionalLong totalBytes = OptionalLong.empty();
  private long bytesAtLastProgress;

  /**
   * @param partsBeforePlayback of a recording that begins
   */
  Tally(RecordingTask task, int partsBeforePlayback) {
    this.recording = task.recording();
    this.totals = task.before();
    this.bytesAtLastProgress = totals.bytes();
    int first = task.left().isPresent() ? 0 : partsBeforePlayback;
    this.starts = new SectionStarts(first, task.media().source().url());
  }

  void take(Fact fact) {
    boolean single = recording.recorder() == RecorderId.MP4;
    totals = Ledger.add(totals, fact, !single);
    switch (fact) {
      case Fact.SectionOpened(int section, var path) -> starts.opened(section, path);
      case Fact.Resumed(int section, var path) -> starts.opened(section, path);
      // The length of a part tells that of the whole only where there is one part.
      case Fact.TotalKnown(long bytes) ->
          totalBytes = single ? OptionalLong.of(bytes) : OptionalLong.empty();
      case Fact.PartWritten(var part, _) -> starts.written(part);
      case Fact.Lost(_, _, var cause) -> lastLoss = Optional.of(cause);
      case Fact.Broken _, Fact.LeftOut _, Fact.Grown _ -> {}
    }
  }

  /** Whether nothing is on disk. */
  boolean isEmpty() {
    return totals.bytes() == 0;
  }

  /** Why the last segment that was lost was lost. */
  Optional<StreamFailure> lastLoss() {
    return lastLoss;
  }

  /** The sections that can be played now and could not before. */
  List<RecordingEvent> due() {
    return events(starts.due(totals.bytes()));
  }

  /** All that can be played once nothing more comes. */
  List<RecordingEvent> rest(boolean complete) {
    return events(starts.rest(complete));
  }

  private List<RecordingEvent> events(List<SectionStarts.Due> sections) {
    return sections.stream()
        .<RecordingEvent>map(
            due ->
                new SectionStarted(recording, due.url(), due.file(), due.section(), due.segment()))
        .toList();
  }

  /** How it stands, {@code interval} after this was asked before. */
  Progressed progress(Duration interval) {
    long perSecond =
        (totals.bytes() - bytesAtLastProgress) * 1000 / Math.max(1, interval.toMillis());
    bytesAtLastProgress = totals.bytes();
    return new Progressed(recording, totals, totalBytes, Math.max(0, perSecond));
  }

  /** How it stands when nothing moves any more. */
  Progressed standing() {
    return new Progressed(recording, totals, totalBytes, 0);
  }

  Ended ended(Outcome outcome) {
    return new Ended(recording, outcome, totals);
  }
}
