package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 8;
  private static final double MILLIS = 1000.0;

  /** The last crash of a slot's recorder, and how far it had come. */
  private record Crash(String cause, long bytes, int inARow) {}

  private final RecordingSettings settings;
  private final Journal journal;
  private final Announcer announcer;
  private final Executor blocking;
  private final Logger log;
  private final Map<RecordingId, Crash> crashes = new HashMap<>();

  Comebacks(
      RecordingSettings settings,
      Journal journal,
      Announcer announcer,
      Executor blocking,
      Logger log) {
    this.settings = settings;
    this.journal = journal;
    this.announcer = announcer;
    this.blocking = blocking;
    this.log = log;
  }

  Journal journal() {
    return journal;
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
    return Optional.of(resumption(entry, now));
  }

  private Resumption resumption(JournalEntry entry, Instant now) {
    return new Resumption(entry, now.plus(settings.retryBudget()), this);
  }

  /** The end came while nobody recorded: what lies before it is lost. */
  private static JournalEntry missing(JournalEntry entry, Instant end) {
    Duration gap = Duration.between(entry.saved(), end);
    boolean live = entry.file().recorder() == RecorderId.HLS_LIVE;
    if (!live || gap.isNegative() || entry.point().isEmpty()) {
      return entry;
    }
    Duration segment = entry.point().get().tail().getLast().duration();
    long segments = segment.isZero() ? 1 : Math.ceilDiv(gap.toMillis(), segment.toMillis());
    Totals totals = entry.totals();
    return entry.with(
        new Totals(
            totals.bytes(),
            totals.segments(),
            totals.mediaSeconds(),
            totals.lostSegments() + segments,
            totals.lostSeconds() + gap.toMillis() / MILLIS,
            totals.sections()));
  }

  /**
   * After which pause a recording whose recorder has crashed is gone on with; empty where it
   * crashed in the same way at the same place before.
   */
  Optional<Duration> afterCrash(RecordingId id, Throwable cause, long bytes) {
    String what = describe(cause);
    Optional<Crash> last = Optional.ofNullable(crashes.get(id));
    boolean again = last.filter(c -> c.cause().equals(what) && c.bytes() == bytes).isPresent();
    int inARow = last.map(Crash::inARow).orElse(0) + 1;
    crashes.put(id, new Crash(what, bytes, inARow));
    if (again) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS));
    return Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    return root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** What the journal has of a recording whose recorder has crashed. */
  CompletionStage<Optional<Resumption>> find(RecordingTask task, Instant now) {
    String name = JournalEntry.name(task.request().id(), task.began());
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return journal.find(name).map(entry -> resumption(entry, now));
          } catch (IOException e) {
            log.error("The journal can't be read", e);
            return Optional.empty();
          }
        },
        blocking);
  }

  /** A recording is over, and told of. */
  void forget(RecordingTask task) {
    crashes.remove(task.request().id());
    forget(JournalEntry.name(task.request().id(), task.began()));
  }

  @Override
  public void over(JournalEntry entry, Outcome outcome) {
    Recording recording =
        new Recording(
            entry.request().id(),
            entry.file().recorder(),
            entry.request().url(),
            entry.request().folder());
    announcer.publish(new Ended(recording, outcome, entry.totals()), () -> forget(entry.name()));
  }

  @Override
  public void replaced(JournalEntry entry) {
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
            blocking);
  }
}
