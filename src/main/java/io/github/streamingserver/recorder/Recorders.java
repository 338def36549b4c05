package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.recorder.journal.JournalPage;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The recorders that run, from their first moment to their last: sees to it that each recording
 * ends in exactly one {@link Ended}, however its recorder ends. Belongs to the supervisor and its
 * thread.
 */
final class Recorders {
  /** What happens to a recorder, taken when the supervisor hands it back. */
  sealed interface Event extends RecorderSupervisor.Command {}

  private record Happened(ActorRef<Recorder.Command> recorder, RecordingEvent event)
      implements Event {}

  private record StopOverdue(ActorRef<Recorder.Command> recorder) implements Event {}

  /** What the journal has of a recording whose recorder has crashed. */
  private record Found(
      ActorRef<Recorder.Command> recorder, Throwable cause, Optional<JournalEntry> entry)
      implements Event {}

  private static final SupervisorStrategy LOGGED_HERE =
      SupervisorStrategy.stop().withLoggingEnabled(false);

  private final ActorContext<RecorderSupervisor.Command> context;
  private final TimerScheduler<RecorderSupervisor.Command> timers;
  private final RecordingSettings settings;
  private final Slots slots;
  private final Comebacks comebacks;
  private final Announcer announcer;
  private final Clock clock;
  private final Consumer<Comebacks.Comeback> again;
  private final Consumer<Slot> vacant;

  /**
   * @param again has a crashed recording begin again
   * @param vacant a recorder is gone, and its slot is free for what waits there
   */
  Recorders(
      ActorContext<RecorderSupervisor.Command> context,
      TimerScheduler<RecorderSupervisor.Command> timers,
      RecordingSettings settings,
      Slots slots,
      Comebacks comebacks,
      Announcer announcer,
      Clock clock,
      Consumer<Comebacks.Comeback> again,
      Consumer<Slot> vacant) {
    this.context = context;
    this.timers = timers;
    this.settings = settings;
    this.slots = slots;
    this.comebacks = comebacks;
    this.announcer = announcer;
    this.clock = clock;
    this.again = again;
    this.vacant = vacant;
  }

  /** Begins what waited in {@code slot}, where nothing records any more. */
  void begin(Slot slot, Ticket ticket, RecordingTask task, Pipeline pipeline) {
    ActorRef<RecorderSupervisor.Command> self = context.getSelf();
    JournalPage page = comebacks.page(task);
    ActorRef<Recorder.Command> recorder =
        context.spawnAnonymous(
            Behaviors.supervise(
                    Behaviors.<Recorder.Command>setup(
                        its ->
                            Recorder.create(
                                task,
                                settings,
                                page,
                                pipeline,
                                clock,
                                event -> self.tell(new Happened(its.getSelf(), event)))))
                .onFailure(LOGGED_HERE));
    context.watch(recorder);
    slot.run(recorder, task, ticket);
    ticket.accept();
    context
        .getLog()
        .info(
            "Recording [{}] of [{}] by [{}] into [{}] begins",
            slot.id(),
            Urls.shown(task.request().url()),
            task.media().source().recorder().id(),
            task.folder());
  }

  /**
   * Ends what records in {@code slot}, unless it is ending.
   *
   * @return what is ended by that; empty where it was ended before
   */
  Optional<RunningRecording> end(Slot slot, Outcome outcome) {
    Optional<RunningRecording> ended = slot.running().filter(running -> running.end(outcome));
    ended.ifPresent(
        running -> {
          running.recorder().tell(new Recorder.Stop(outcome));
          StopOverdue overdue = new StopOverdue(running.recorder());
          timers.startSingleTimer(running.recorder().path(), overdue, settings.stopTimeout());
        });
    return ended;
  }

  void take(Event event) {
    switch (event) {
      case Happened(var recorder, var what) ->
          whereRuns(recorder, (_, running) -> onHappened(running, what));
      case StopOverdue(var recorder) -> onStopOverdue(recorder);
      case Found found ->
          whereRuns(found.recorder(), (slot, crashed) -> onFound(slot, crashed, found));
    }
  }

  /**
   * Does {@code work} on the recording of {@code recorder}, and on its slot, unless that is over:
   * what was abandoned may still speak, where another records by now.
   */
  private void whereRuns(ActorRef<?> recorder, BiConsumer<Slot, RunningRecording> work) {
    for (Slot slot : slots.all()) {
      slot.running()
          .filter(running -> running.recorder().path().equals(recorder.path()))
          .ifPresent(running -> work.accept(slot, running));
    }
  }

  /** An actor is gone, by a crash where there is a {@code cause}; it may be a recorder. */
  void gone(ActorRef<Void> gone, @Nullable Throwable cause) {
    timers.cancel(gone.path());
    whereRuns(gone, (slot, running) -> onRecorderGone(slot, running, cause));
  }

  private void onHappened(RunningRecording running, RecordingEvent event) {
    if (running.hear(event)) {
      publish(running, event);
    }
  }

  /** The clients of a recording that outlived them may not be back yet when it ends. */
  private void publish(RunningRecording running, RecordingEvent event) {
    if (event instanceof Ended && running.task().earlier().isPresent()) {
      announcer.publish(event, () -> comebacks.forget(running.task()));
    } else {
      announcer.publish(event);
    }
  }

  private void onStopOverdue(ActorRef<Recorder.Command> recorder) {
    context.getLog().warn("Recorder [{}] didn't end in time and is abandoned", recorder.path());
    context.stop(recorder);
    // Not waited for: its stream may hang in the disk, and is part of it.
    whereRuns(recorder, (slot, running) -> over(slot, running, Optional.empty()));
  }

  private void onRecorderGone(Slot slot, RunningRecording running, @Nullable Throwable cause) {
    Optional<StreamFailure> crash = Optional.ofNullable(cause).map(StreamException::failureOf);
    if (cause == null || running.isEnding()) {
      if (cause != null) {
        comebacks.logEnd(slot.id(), cause);
      }
      over(slot, running, crash);
      return;
    }
    context.pipeToSelf(
        comebacks.find(running.task()),
        (found, error) ->
            new Found(running.recorder(), cause, found == null ? Optional.empty() : found));
  }

  private void onFound(Slot slot, RunningRecording crashed, Found found) {
    Optional<Comebacks.Comeback> back =
        found
            .entry()
            .filter(_ -> !crashed.isEnding())
            .flatMap(
                entry ->
                    comebacks.afterCrash(
                        entry, found.cause(), crashed.announced(), clock.instant()));
    if (back.isEmpty()) {
      comebacks.logEnd(slot.id(), found.cause());
      over(slot, crashed, Optional.of(StreamException.failureOf(found.cause())));
      return;
    }
    slot.gone();
    again.accept(back.get());
  }

  private void over(Slot slot, RunningRecording running, Optional<StreamFailure> crash) {
    running.lastWords(crash).ifPresent(event -> publish(running, event));
    if (running.task().earlier().isEmpty() || running.isSilent()) {
      comebacks.forget(running.task());
    }
    slot.gone();
    vacant.accept(slot);
  }
}
