package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.ResolverActor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of slots and policy: which recording may begin, which it replaces, and that each
 * ends in exactly one {@link Ended}. A request is resolved first; only then is what records in its
 * slot stopped, waited for and replaced, so that a bad address costs no recording.
 */
public final class RecorderSupervisor extends AbstractBehavior<RecorderSupervisor.Command> {
  /** What the supervisor takes. */
  public sealed interface Command {}

  /** Records; answered once the stream is found, or can't be. */
  public record Start(RecordingRequest request, ActorRef<StartReply> replyTo) implements Command {}

  /** Ends what records in a slot, or waits for it; nothing where there is nothing. */
  public record Stop(RecordingId id) implements Command {}

  /** Ends all recordings, and takes no more; answered when all files are closed. */
  public record StopAll(ActorRef<Done> replyTo) implements Command {}

  /** All recordings at this moment. */
  public record GetStatus(ActorRef<Recordings> replyTo) implements Command {}

  /** The reply to {@link GetStatus}. */
  public record Recordings(List<Status> list) {}

  /** Publishes to {@code listener} from now on, for as long as it lives. */
  public record Subscribe(ActorRef<RecordingEvent> listener) implements Command {}

  /** What the journal has of a recording whose recorder has crashed. */
  private record Found(
      Slot slot, Slot.Running crashed, Throwable cause, Optional<JournalEntry> entry)
      implements Command {}

  private record LookInto(Ticket ticket) implements Command {}

  private record FolderChecked(Ticket ticket, Optional<Path> folder, String problem)
      implements Command {}

  private record Resolved(Ticket ticket, ResolverActor.Reply reply) implements Command {}

  private record Happened(Slot slot, RecordingEvent event) implements Command {}

  private record StopOverdue(ActorRef<Recorder.Command> recorder) implements Command {}

  private static final StreamFailure OTHER_KIND =
      new StreamFailure.Failed("What was recorded is no longer what is there: a file, or a stream");

  private static final SupervisorStrategy LOGGED_HERE =
      SupervisorStrategy.stop().withLoggingEnabled(false);

  private static final String BLOCKING = "streamingserver.blocking-dispatcher";

  private final TimerScheduler<Command> timers;
  private final RecordingSettings settings;
  private final ActorRef<ResolverActor.Command> resolver;
  private final Pipeline.Factory pipelines;
  private final Clock clock;
  private final Executor blocking;
  private final Scheduler scheduler;
  private final Slots slots;
  private final Comebacks comebacks;
  private final Announcer announcer;
  private Optional<ActorRef<Done>> closing = Optional.empty();

  /**
   * A supervisor that goes on with what the last run of the server left.
   *
   * @param left what the journal has of that
   */
  public static Behavior<Command> create(
      RecordingSettings settings,
      Journal journal,
      List<JournalEntry> left,
      ActorRef<ResolverActor.Command> resolver,
      Pipeline.Factory pipelines,
      Clock clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  RecorderSupervisor supervisor =
                      new RecorderSupervisor(
                          context, timers, settings, journal, resolver, pipelines, clock);
                  left.forEach(supervisor::resume);
                  return supervisor;
                }));
  }

  private RecorderSupervisor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RecordingSettings settings,
      Journal journal,
      ActorRef<ResolverActor.Command> resolver,
      Pipeline.Factory pipelines,
      Clock clock) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.slots = new Slots(settings);
    this.announcer = new Announcer(context.getLog());
    this.resolver = resolver;
    this.pipelines = pipelines;
    this.clock = clock;
    this.scheduler = context.getSystem().scheduler();
    this.blocking =
        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
    this.comebacks = new Comebacks(settings, journal, announcer, blocking, context.getLog());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::onCommand)
        .onSignal(ChildFailed.class, failed -> onGone(failed.getRef(), failed.cause()))
        .onSignal(Terminated.class, gone -> onGone(gone.getRef(), null))
        .build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case Start(var request, var replyTo) ->
          onStart(new Ticket.OfClient(request, clock.instant(), replyTo));
      case Found found -> onFound(found);
      case LookInto(var ticket) -> onLookInto(ticket);
      case FolderChecked checked -> onFolderChecked(checked);
      case Resolved(var ticket, var reply) -> onResolved(ticket, reply);
      case Happened(var slot, var event) -> onHappened(slot, event);
      case Stop(var id) -> onStop(id);
      case StopOverdue(var recorder) -> onStopOverdue(recorder);
      case StopAll(var replyTo) -> onStopAll(replyTo);
      case GetStatus(var replyTo) -> onGetStatus(replyTo);
      case Subscribe(var listener) -> onSubscribe(listener);
    };
  }

  private Behavior<Command> onStart(Ticket ticket) {
    RecordingRequest request = ticket.request();
    Optional<StreamFailure> refusal =
        closing.isPresent()
            ? Optional.of(new StreamFailure.Failed("The server is being stopped"))
            : slots.refusal(request, clock.instant());
    if (refusal.isPresent()) {
      ticket.refuse(refusal.get());
      return this;
    }
    slots.open(request.id()).await(ticket);
    return onLookInto(ticket);
  }

  /** Nobody waits for an answer; its folder is its own from now on. */
  private void resume(JournalEntry entry) {
    comebacks.afterRestart(entry, clock.instant()).ifPresent(back -> await(back, Duration.ZERO));
  }

  private void await(Resumption resumption, Duration pause) {
    Slot slot = slots.open(resumption.request().id());
    slot.await(resumption);
    resumption.earlier().map(JournalEntry::folder).ifPresent(slot::reserve);
    timers.startSingleTimer(resumption, new LookInto(resumption), pause);
  }

  private Behavior<Command> onLookInto(Ticket ticket) {
    if (slots.awaiting(ticket).isPresent()) {
      getContext()
          .pipeToSelf(
              CompletableFuture.supplyAsync(() -> ticket.folder(settings.allowedRoots()), blocking)
                  .orTimeout(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS),
              (folder, error) ->
                  new FolderChecked(ticket, Optional.ofNullable(folder), problem(error)));
    }
    return this;
  }

  private static String problem(@Nullable Throwable error) {
    if (error instanceof TimeoutException) {
      return "The disk of rec_dir doesn't answer";
    }
    Throwable cause = error != null && error.getCause() != null ? error.getCause() : error;
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }

  private Behavior<Command> onFolderChecked(FolderChecked checked) {
    Ticket ticket = checked.ticket();
    slots.awaiting(ticket).ifPresent(slot -> onFolderChecked(slot, ticket, checked));
    return this;
  }

  private void onFolderChecked(Slot slot, Ticket ticket, FolderChecked checked) {
    Optional<StreamFailure> refusal =
        checked
            .folder()
            .map(folder -> slots.refusal(slot, folder))
            .orElseGet(() -> Optional.of(new StreamFailure.Failed(checked.problem())));
    if (refusal.isPresent()) {
      StreamFailure failure = refusal.get();
      refuse(slot, ticket, failure, ticket.tryFolderAgain(failure, clock.instant()));
      return;
    }
    checked.folder().ifPresent(slot::reserve);
    getContext()
        .ask(
            ResolverActor.Reply.class,
            resolver,
            settings.answerTimeout(),
            (ActorRef<ResolverActor.Reply> replyTo) ->
                new ResolverActor.Resolve(ticket.request(), replyTo),
            (reply, error) -> new Resolved(ticket, reply == null ? noReply() : reply));
  }

  private static ResolverActor.Reply noReply() {
    return new ResolverActor.NotResolved(
        new StreamFailure.TimedOut("The address could not be looked into in time"));
  }

  private Behavior<Command> onResolved(Ticket ticket, ResolverActor.Reply reply) {
    slots.awaiting(ticket).ifPresent(slot -> onResolved(slot, ticket, reply));
    return this;
  }

  private void onResolved(Slot slot, Ticket ticket, ResolverActor.Reply reply) {
    switch (reply) {
      case ResolverActor.NotResolved(var failure) -> refuse(slot, ticket, failure);
      case ResolverActor.Resolved(var media) -> {
        RecordingTask task =
            new RecordingTask(
                ticket.request(), media, slot.folder(), ticket.began(), ticket.earlier());
        if (!task.goesOn()) {
          refuse(slot, ticket, OTHER_KIND);
          return;
        }
        try {
          Pipeline pipeline = pipelines.create(task, () -> resolveAgain(ticket.request()));
          slot.ready(() -> begin(slot, ticket, task, pipeline));
          proceed(slot);
        } catch (StreamException e) {
          refuse(slot, ticket, e.failure());
        } catch (RuntimeException bug) {
          getContext().getLog().error("Recording [{}] can't begin", slot.id(), bug);
          refuse(slot, ticket, StreamException.failureOf(bug));
        }
      }
    }
  }

  /** For a recording whose addresses have expired. Called from its stream's threads. */
  private CompletionStage<ResolvedMedia> resolveAgain(RecordingRequest request) {
    return AskPattern.<ResolverActor.Command, ResolverActor.Reply>ask(
            resolver,
            replyTo -> new ResolverActor.Resolve(request, replyTo),
            settings.answerTimeout(),
            scheduler)
        .thenApply(
            reply ->
                switch (reply) {
                  case ResolverActor.Resolved(var media) -> media;
                  case ResolverActor.NotResolved(var failure) -> throw new StreamException(failure);
                });
  }

  /** Begins what is ready in a slot, once what records there is gone. */
  private void proceed(Slot slot) {
    if (slot.running().isPresent()) {
      end(slot, new Outcome.ByUser());
      slot.running().ifPresent(Slot.Running::silence);
    } else {
      slot.takeReady().ifPresent(Runnable::run);
    }
  }

  private void begin(Slot slot, Ticket ticket, RecordingTask task, Pipeline pipeline) {
    ActorRef<Command> self = getContext().getSelf();
    ActorRef<Recorder.Command> recorder =
        getContext()
            .spawnAnonymous(
                Behaviors.supervise(
                        Recorder.create(
                            task,
                            settings,
                            comebacks.journal(),
                            pipeline,
                            clock,
                            event -> self.tell(new Happened(slot, event))))
                    .onFailure(LOGGED_HERE));
    getContext().watch(recorder);
    slot.run(recorder, task, ticket.announced());
    ticket.accept();
    getContext()
        .getLog()
        .info(
            "Recording [{}] of [{}] by [{}] into [{}] begins",
            slot.id(),
            Urls.shown(task.request().url()),
            task.media().source().recorder().id(),
            task.folder());
  }

  private void refuse(Slot slot, Ticket ticket, StreamFailure failure) {
    refuse(slot, ticket, failure, ticket.tryAgain(failure, clock.instant()));
  }

  private void refuse(Slot slot, Ticket ticket, StreamFailure failure, Optional<Duration> pause) {
    if (pause.isPresent()) {
      if (ticket.isNews(failure)) {
        getContext()
            .getLog()
            .warn(
                "Recording [{}] can't be gone on with, tried again and again: {}",
                slot.id(),
                failure.message());
      }
      timers.startSingleTimer(ticket, new LookInto(ticket), pause.get());
      return;
    }
    getContext()
        .getLog()
        .info(
            "Recording [{}] is refused: [{}] {}",
            slot.id(),
            failure.errorId().id(),
            failure.message());
    slot.refuse(failure);
    tidy(slot);
  }

  private Behavior<Command> onHappened(Slot slot, RecordingEvent event) {
    slot.running()
        .filter(running -> running.hear(event))
        .ifPresent(running -> publish(running, event));
    return this;
  }

  /** The clients of a recording that outlived them may not be back yet when it ends. */
  private void publish(Slot.Running running, RecordingEvent event) {
    if (event instanceof RecordingEvent.Ended && running.task().earlier().isPresent()) {
      announcer.publish(event, () -> comebacks.forget(running.task()));
    } else {
      announcer.publish(event);
    }
  }

  private Behavior<Command> onStop(RecordingId id) {
    slots.find(id).ifPresent(slot -> stop(slot, new Outcome.ByUser()));
    return this;
  }

  private void stop(Slot slot, Outcome outcome) {
    slot.withdraw();
    slot.running().ifPresent(Slot.Running::unsilence);
    end(slot, outcome);
    tidy(slot);
  }

  private void end(Slot slot, Outcome outcome) {
    slot.running()
        .filter(running -> running.end(outcome))
        .ifPresent(
            running -> {
              running.recorder().tell(new Recorder.Stop(outcome));
              StopOverdue overdue = new StopOverdue(running.recorder());
              timers.startSingleTimer(running.recorder().path(), overdue, settings.stopTimeout());
            });
  }

  private Behavior<Command> onStopOverdue(ActorRef<Recorder.Command> recorder) {
    getContext()
        .getLog()
        .warn("Recorder [{}] didn't end in time and is abandoned", recorder.path());
    getContext().stop(recorder);
    // Not waited for: its stream may hang in the disk, and is part of it.
    for (Slot slot : slots.all()) {
      slot.running()
          .filter(running -> running.recorder().equals(recorder))
          .ifPresent(running -> over(slot, running, Optional.empty()));
    }
    return this;
  }

  private Behavior<Command> onGone(ActorRef<Void> gone, @Nullable Throwable cause) {
    if (announcer.remove(gone)) {
      return this;
    }
    timers.cancel(gone.path());
    for (Slot slot : slots.all()) {
      slot.running()
          .filter(running -> running.recorder().path().equals(gone.path()))
          .ifPresent(running -> onRecorderGone(slot, running, cause));
    }
    return this;
  }

  private void onRecorderGone(Slot slot, Slot.Running running, @Nullable Throwable cause) {
    Optional<StreamFailure> crash = Optional.ofNullable(cause).map(StreamException::failureOf);
    if (cause == null || running.isEnding()) {
      if (cause != null) {
        comebacks.logEnd(slot.id(), cause);
      }
      over(slot, running, crash);
      return;
    }
    getContext()
        .pipeToSelf(
            comebacks.find(running.task()),
            (found, error) ->
                new Found(slot, running, cause, found == null ? Optional.empty() : found));
  }

  private Behavior<Command> onFound(Found found) {
    Slot slot = found.slot();
    Slot.Running crashed = found.crashed();
    Optional<Comebacks.Comeback> back =
        found
            .entry()
            .filter(_ -> !crashed.isEnding() && slot.awaited().isEmpty())
            .flatMap(
                entry ->
                    comebacks.afterCrash(
                        entry, found.cause(), crashed.announced(), clock.instant()));
    if (back.isEmpty()) {
      comebacks.logEnd(slot.id(), found.cause());
      over(slot, crashed, Optional.of(StreamException.failureOf(found.cause())));
      return this;
    }
    slot.gone();
    await(back.get().resumption(), back.get().pause());
    return this;
  }

  private void over(Slot slot, Slot.Running running, Optional<StreamFailure> crash) {
    running.lastWords(crash).ifPresent(event -> publish(running, event));
    if (running.task().earlier().isEmpty() || running.isSilent()) {
      comebacks.forget(running.task());
    }
    slot.gone();
    slot.takeReady().ifPresent(Runnable::run);
    tidy(slot);
  }

  private void tidy(Slot slot) {
    slots.tidy(slot);
    if (slots.isEmpty()) {
      closing.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
    }
  }

  private Behavior<Command> onStopAll(ActorRef<Done> replyTo) {
    closing = Optional.of(replyTo);
    if (slots.isEmpty()) {
      replyTo.tell(Done.getInstance());
    }
    Outcome outcome = new Outcome.Failed(new StreamFailure.Failed("The server was stopped"));
    for (Slot slot : slots.all()) {
      if (slot.awaited().flatMap(Ticket::earlier).isPresent()) {
        slot.leave();
      }
      stop(slot, outcome);
    }
    return this;
  }

  private Behavior<Command> onGetStatus(ActorRef<Recordings> replyTo) {
    replyTo.tell(new Recordings(slots.status(comebacks::restarts)));
    return this;
  }

  private Behavior<Command> onSubscribe(ActorRef<RecordingEvent> listener) {
    announcer.add(listener);
    slots.all().stream()
        .flatMap(slot -> slot.running().flatMap(Slot.Running::news).stream())
        .forEach(listener::tell);
    getContext().watch(listener);
    return this;
  }
}
