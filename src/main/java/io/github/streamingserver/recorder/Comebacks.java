package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.recorder.journal.JournalPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;

/**
 * Which recordings are gone on with after a crash, of the server or of their recorder, and what is
 * said of those that are not. Belongs to the supervisor and its thread.
 */
final class Comebacks implements Resumption.Listener {
  private static final double MILLIS = 1000.0;

  private final RecordingSettings settings;
  private final Journal journal;
  private final Announcer announcer;
  private final Executor disks;
  private final Logger log;
  private final Crashes crashes;

  Comebacks(
      RecordingSettings settings,
      Journal journal,
      Announcer announcer,
      Executor disks,
      Logger log) {
    this.settings = settings;
    this.journal = journal;
    this.announcer = announcer;
    this.disks = disks;
    this.log = log;
    this.crashes = new Crashes(settings.retryBudget());
  }

  /** Where a recording that begins keeps what another run is to know. */
  JournalPage page(RecordingTask task) {
    return journal.page(name(task));
  }

  private static String name(RecordingTask task) {
    return JournalEntry.name(task.request().id(), task.began());
  }

  /**
   * What is to be gone on with of what the last run of the server left; empty where that is over,
   * which is told then.
   */
  Optional<Resumption> afterRestart(JournalEntry entry, Instant now) {
    Optional<Instant> end = entry.request().until().filter(until -> !until.isAfter(now));
    if (end.isPresent()) {
      over(missing(entry, end.get()), new Outcome.Complete());
      return Optional.empty();
    }
    if (entry.resumes() >= settings.mostResumes()) {
      StreamFailure failure =
          new StreamFailure.Failed(
              "It was gone on with %d times (journal.most-resumes) and came no further"
                  .formatted(entry.resumes()));
      over(entry, new Outcome.Failed(failure));
      return Optional.empty();
    }
    log.warn(
        "Recording [{}] was broken off [{}] at {}; it is gone on with",
        entry.request().id(),
        entry.saved(),
        entry.totals());
    crashes.restarted(entry.request().id());
    return Optional.of(new Resumption(entry, settings.retryBudget(), -1, this));
  }

  /** The end came while nobody recorded: the segments that became whole before it are lost. */
  private static JournalEntry missing(JournalEntry entry, Instant end) {
    Duration gap = Duration.between(entry.saved(), end);
    if (!entry.isChannel() || gap.isNegative() || entry.point().isEmpty()) {
      return entry;
    }
    Duration segment = entry.point().get().tail().getLast().duration();
    long segments = segment.isZero() ? 0 : gap.dividedBy(segment);
    Totals totals = entry.totals();
    return entry.with(
        new Totals(
            totals.bytes(),
            totals.segments(),
            totals.mediaSeconds(),
            totals.lostSegments() + segments,
            totals.lostSeconds() + segment.multipliedBy(segments).toMillis() / MILLIS,
            totals.sections()));
  }

  /** A recording that is gone on with after a crash of its recorder, and after which pause. */
  record Comeback(Resumption resumption, Duration pause) {}

  /**
   * How a recording is gone on with whose recorder has crashed; empty where that is the end.
   *
   * @param entry what the journal has of it
   * @param announced the last section that clients know of
   */
  Optional<Comeback> afterCrash(JournalEntry entry, Throwable cause, int announced, Instant now) {
    RecordingRequest request = entry.request();
    Optional<Crashes.Comeback> next =
        crashes.next(request.id(), cause, entry.totals().bytes(), request.until(), now);
    next.ifPresent(comeback -> log(request.id(), cause, comeback.pause()));
    return next.map(
        comeback ->
            new Comeback(
                new Resumption(entry, comeback.patience(), announced, this), comeback.pause()));
  }

  private void log(RecordingId id, Throwable cause, Duration pause) {
    int restart = crashes.restarts(id);
    if (isExpected(cause)) {
      log.warn(
          "Recording [{}] is gone on with in [{}], restart [{}]: {}",
          id,
          pause,
          restart,
          cause.getMessage());
    } else {
      log.error(
          "Recorder of [{}] crashed; gone on with in [{}], restart [{}]",
          id,
          pause,
          restart,
          cause);
    }
  }

  /** Whether it is none of our own bugs. */
  private static boolean isExpected(Throwable cause) {
    return cause.getCause() instanceof MuxBrokenException
        || DiskFaultException.in(cause).isPresent();
  }

  /** A recorder has crashed, and that was the end. */
  void logEnd(RecordingId id, Throwable cause) {
    if (!isExpected(cause)) {
      log.error("Recorder of [{}] crashed, which is the end", id, cause);
    }
  }

  /** How often a recording was gone on with. */
  int restarts(RecordingId id) {
    return crashes.restarts(id);
  }

  /** What the journal has of a recording whose recorder has crashed. */
  CompletionStage<Optional<JournalEntry>> find(RecordingTask task) {
    String name = name(task);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return journal.find(name);
          } catch (IOException e) {
            log.error("The journal can't be read", e);
            return Optional.empty();
          }
        },
        disks);
  }

  /** A recording is over, and told of. */
  void forget(RecordingTask task) {
    crashes.forget(task.request().id());
    forget(name(task));
  }

  @Override
  public void over(JournalEntry entry, Outcome outcome) {
    Recording recording =
        new Recording(
            entry.request().id(),
            entry.file().recorder(),
            entry.request().url(),
            entry.request().folder());
    crashes.forget(entry.request().id());
    announcer.publish(new Ended(recording, outcome, entry.totals()), () -> forget(entry.name()));
  }

  @Override
  public void replaced(JournalEntry entry) {
    crashes.forget(entry.request().id());
    forget(entry.name());
  }

  private void forget(String name) {
    var _ =
        CompletableFuture.runAsync(
            () -> {
              try {
                journal.forget(name);
              } catch (IOException e) {
                log.error("[{}] can't be removed from the journal", name, e);
              }
            },
            disks);
  }
}
