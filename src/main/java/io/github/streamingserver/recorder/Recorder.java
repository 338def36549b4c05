package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.journal.JournalPage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.typed.javadsl.ActorSink;

/**
 * One recording: runs its stream and tells what becomes of it. Tells {@link Ended} exactly once, as
 * the last thing before it stops, unless it crashes: then its supervisor tells it.
 */
public final class Recorder extends AbstractBehavior<Recorder.Command> {
  /** What a recorder takes. */
  public sealed interface Command {}

  /** Ends the recording with this outcome; what is whole stays on disk. */
  public record Stop(Outcome outcome) implements Command {}

  private record Opened(ActorRef<Ack> ack) implements Command {}

  private record Arrived(ActorRef<Ack> ack, Fact fact) implements Command {}

  private record Over() implements Command {}

  private record Broken(Throwable cause) implements Command {}

  private enum Timer implements Command {
    PROGRESS,
    START_OVERDUE,
    LOOK_AT_CLOCK
  }

  private static final StreamFailure NOTHING = new StreamFailure.Failed("The stream is empty");

  /** What fetches has the same budget, and a better word for what is wrong: it may speak first. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private enum Ack {
    INSTANCE
  }

  private final RecordingTask task;
  private final Consumer<RecordingEvent> listener;
  private final UniqueKillSwitch stream;
  private final TimerScheduler<Command> timers;
  private final Duration progressInterval;
  private final Duration startBudget;
  private final Clock clock;
  private final EndOfTime end;
  private final Tally tally;
  private Outcome outcome = new Outcome.Complete();
  private boolean ended;

  /** A recorder that begins at once and tells {@code listener}, on its own thread, what happens. */
  public static Behavior<Command> create(
      RecordingTask task,
      RecordingSettings settings,
      JournalPage page,
      Pipeline pipeline,
      Clock clock,
      Consumer<RecordingEvent> listener) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Recorder(
                        context, timers, task, settings, page, pipeline, clock, listener)));
  }

  private Recorder(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RecordingTask task,
      RecordingSettings settings,
      JournalPage page,
      Pipeline pipeline,
      Clock clock,
      Consumer<RecordingEvent> listener) {
    super(context);
    this.timers = timers;
    this.task = task;
    this.listener = listener;
    this.progressInterval = settings.progressInterval();
    this.tally = new Tally(task, pipeline.partsBeforePlayback());
    this.stream =
        new RecordingStream(task, settings, page, pipeline, clock)
            .run(facts(), Materializer.createMaterializer(context));
    timers.startTimerWithFixedDelay(Timer.PROGRESS, progressInterval);
    this.startBudget = settings.startBudget().plus(GRACE);
    timers.startSingleTimer(Timer.START_OVERDUE, startBudget);
    this.clock = clock;
    this.end = new EndOfTime(task.request().until(), task.request().duration());
    awaitEnd();
  }

  private Sink<Fact, NotUsed> facts() {
    return ActorSink.<Fact, Command, Ack>actorRefWithBackpressure(
        getContext().getSelf(), Arrived::new, Opened::new, Ack.INSTANCE, new Over(), Broken::new);
  }

  private void awaitEnd() {
    end.nextLook(clock.instant())
        .ifPresent(
            pause -> {
              if (pause.isPositive()) {
                timers.startSingleTimer(Timer.LOOK_AT_CLOCK, pause);
              } else {
                getContext().getSelf().tell(Timer.LOOK_AT_CLOCK);
              }
            });
  }

  private Behavior<Command> onLookAtClock() {
    if (end.isReached()) {
      return end(new Outcome.Complete());
    }
    awaitEnd();
    return this;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::onCommand)
        .onSignal(PostStop.class, _ -> onGone())
        .build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case Opened(var ack) -> onOpened(ack);
      case Arrived(var ack, var fact) -> onArrived(ack, fact);
      case Over _ -> onOver();
      case Broken(var cause) -> onBroken(cause);
      case Stop(var wanted) -> end(wanted);
      case Timer.LOOK_AT_CLOCK -> onLookAtClock();
      case Timer.PROGRESS -> onProgress();
      case Timer.START_OVERDUE -> onStartOverdue();
    };
  }

  private Behavior<Command> onOpened(ActorRef<Ack> ack) {
    ack.tell(Ack.INSTANCE);
    return this;
  }

  private Behavior<Command> onArrived(ActorRef<Ack> ack, Fact fact) {
    tally.take(fact);
    if (fact instanceof Fact.LeftOut) {
      timers.startSingleTimer(Timer.START_OVERDUE, startBudget);
    } else if (fact instanceof Fact.Broken(var cause)) {
      fail(cause);
    }
    tally.due().forEach(listener);
    ack.tell(Ack.INSTANCE);
    return this;
  }

  private Behavior<Command> onProgress() {
    listener.accept(tally.progress(progressInterval));
    return this;
  }

  private Behavior<Command> onStartOverdue() {
    StreamFailure silence =
        new StreamFailure.TimedOut("Nothing could be recorded within recording.start-budget");
    return tally.isEmpty() ? end(new Outcome.Failed(tally.lastLoss().orElse(silence))) : this;
  }

  private Behavior<Command> end(Outcome wanted) {
    outcome = wanted;
    stream.shutdown();
    return this;
  }

  private Behavior<Command> onOver() {
    boolean empty = tally.isEmpty();
    if (empty && outcome instanceof Outcome.Complete) {
      outcome = new Outcome.Failed(tally.lastLoss().orElse(NOTHING));
    }
    if (!empty && !(outcome instanceof Outcome.ByUser)) {
      tally.rest(outcome instanceof Outcome.Complete).forEach(listener);
    }
    return finish();
  }

  private Behavior<Command> onBroken(Throwable cause) {
    fail(cause);
    return finish();
  }

  /**
   * What no part of the stream foresaw is the supervisor's to judge, as a crash of this actor; and
   * so is a disk that may come back.
   */
  private void fail(Throwable cause) {
    boolean begun = !tally.isEmpty() || task.earlier().isPresent();
    boolean single = task.media().source().recorder() == RecorderId.MP4;
    if (begun && DiskFaultException.in(cause).filter(it -> it.mayHeal(single)).isPresent()) {
      throw new RecorderCrashException(cause);
    }
    if (cause instanceof MuxBrokenException) {
      throw new RecorderCrashException(cause);
    }
    Optional<StreamFailure> expected = StreamException.expected(cause);
    if (expected.isEmpty()) {
      throw new RecorderCrashException(
          "The stream of recording " + task.request().id() + " broke", cause);
    }
    outcome = new Outcome.Failed(expected.get());
  }

  /** What a crash ends is told by another, who is to know all that is on disk. */
  private Behavior<Command> onGone() {
    if (!ended) {
      listener.accept(tally.standing());
    }
    return this;
  }

  private Behavior<Command> finish() {
    ended = true;
    listener.accept(tally.ended(outcome));
    return Behaviors.stopped();
  }
}
