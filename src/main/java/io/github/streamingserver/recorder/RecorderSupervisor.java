package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolverActor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
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
  public sealed interface Command
      permits Start, Stop, StopAll, GetStatus, Subscribe, Preparations.Step, Recorders.Event {}

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

  private static final String DISKS = "streamingserver.disk-dispatcher";

  private final Clock clock;
  private final Slots slots;
  private final Comebacks comebacks;
  private final Announcer announcer;
  private final Preparations preparations;
  private final Recorders recorders;
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
    Executor disks = context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(DISKS));
    FolderQuestions folders =
        new FolderQuestions(settings.allowedRoots(), settings.answerTimeout(), disks);
    this.clock = clock;
    this.slots = new Slots(settings);
    this.announcer = new Announcer(context.getLog());
    this.comebacks = new Comebacks(settings, journal, announcer, disks, context.getLog());
    this.preparations =
        new Preparations(
            context, timers, settings, slots, resolver, pipelines, clock, folders, prepared());
    this.recorders =
        new Recorders(
            context,
            timers,
            settings,
            slots,
            comebacks,
            announcer,
            clock,
            back -> preparations.begin(back.resumption(), back.pause()),
            this::onVacant);
  }

  private Preparations.Listener prepared() {
    return new Preparations.Listener() {
      @Override
      public void ready(Slot slot, Ticket ticket, RecordingTask task, Pipeline pipeline) {
        onReady(slot, ticket, () -> recorders.begin(slot, ticket, task, pipeline));
      }

      @Override
      public void refused(Slot slot) {
        tidy(slot);
      }
    };
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
    switch (command) {
      case Start(var request, var replyTo) ->
          onStart(new Ticket.OfClient(request, clock.instant(), replyTo));
      case Preparations.Step step -> preparations.take(step);
      case Recorders.Event event -> recorders.take(event);
      case Stop(var id) -> slots.find(id).ifPresent(slot -> stop(slot, new Outcome.ByUser()));
      case StopAll(var replyTo) -> onStopAll(replyTo);
      case GetStatus(var replyTo) ->
          replyTo.tell(new Recordings(slots.status(comebacks::restarts)));
      case Subscribe(var listener) -> onSubscribe(listener);
    }
    return this;
  }

  private void onStart(Ticket ticket) {
    Optional<StreamFailure> refusal =
        closing.isPresent()
            ? Optional.of(new StreamFailure.Failed("The server is being stopped"))
            : slots.refusal(ticket.request(), clock.instant());
    refusal.ifPresentOrElse(ticket::refuse, () -> preparations.begin(ticket));
  }

  /** Nobody waits for an answer. */
  private void resume(JournalEntry entry) {
    comebacks
        .afterRestart(entry, clock.instant())
        .ifPresent(back -> preparations.begin(back, Duration.ZERO));
  }

  /** Begins what is ready in a slot, once what records there is gone. */
  private void onReady(Slot slot, Ticket ticket, Runnable begin) {
    slot.ready(ticket, begin);
    if (slot.running().isPresent()) {
      // A client that ended it before is still to hear of that.
      recorders.end(slot, new Outcome.ByUser()).ifPresent(RunningRecording::silence);
    } else {
      slot.takeReady().ifPresent(Runnable::run);
    }
  }

  private void onVacant(Slot slot) {
    slot.takeReady().ifPresent(Runnable::run);
    tidy(slot);
  }

  private void stop(Slot slot, Outcome outcome) {
    slot.withdraw();
    slot.running().ifPresent(RunningRecording::unsilence);
    var _ = recorders.end(slot, outcome);
    tidy(slot);
  }

  private Behavior<Command> onGone(ActorRef<Void> gone, @Nullable Throwable cause) {
    if (!announcer.remove(gone)) {
      recorders.gone(gone, cause);
    }
    return this;
  }

  private void tidy(Slot slot) {
    slots.tidy(slot);
    if (slots.isEmpty()) {
      closing.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
    }
  }

  private void onStopAll(ActorRef<Done> replyTo) {
    closing = Optional.of(replyTo);
    if (slots.isEmpty()) {
      replyTo.tell(Done.getInstance());
    }
    Outcome outcome = new Outcome.Failed(new StreamFailure.Failed("The server was stopped"));
    for (Slot slot : slots.all()) {
      slot.leave();
      stop(slot, outcome);
    }
  }

  private void onSubscribe(ActorRef<RecordingEvent> listener) {
    announcer.add(listener);
    slots.all().stream()
        .flatMap(slot -> slot.running().flatMap(RunningRecording::news).stream())
        .forEach(listener::tell);
    getContext().watch(listener);
  }
}
