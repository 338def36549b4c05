package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.ResolverActor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Brings what waits in a slot so far that it can begin: its folder is looked at and reserved, its
 * address resolved, its pipeline laid. What can't be had now is tried again for as long as its
 * {@link Ticket} says. Belongs to the supervisor and its thread.
 */
final class Preparations {
  /** A step of a preparation, taken when the supervisor hands it back. */
  sealed interface Step extends RecorderSupervisor.Command {}

  private record LookInto(Ticket ticket) implements Step {}

  private record FolderChecked(Ticket ticket, Optional<Path> folder, String problem)
      implements Step {}

  private record Resolved(Ticket ticket, ResolverActor.Reply reply) implements Step {}

  /** Hears what came of a preparation. */
  interface Listener {
    /** What waits in {@code slot} can begin. */
    void ready(Slot slot, Ticket ticket, RecordingTask task, Pipeline pipeline);

    /** What waited in {@code slot} will not begin, and was told so. */
    void refused(Slot slot);
  }

  private static final StreamFailure OTHER_KIND =
      new StreamFailure.Failed("What was recorded is no longer what is there: a file, or a stream");

  private final ActorContext<RecorderSupervisor.Command> context;
  private final TimerScheduler<RecorderSupervisor.Command> timers;
  private final RecordingSettings settings;
  private final Slots slots;
  private final ActorRef<ResolverActor.Command> resolver;
  private final Pipeline.Factory pipelines;
  private final InstantSource clock;
  private final FolderQuestions folders;
  private final Listener listener;

  Preparations(
      ActorContext<RecorderSupervisor.Command> context,
      TimerScheduler<RecorderSupervisor.Command> timers,
      RecordingSettings settings,
      Slots slots,
      ActorRef<ResolverActor.Command> resolver,
      Pipeline.Factory pipelines,
      InstantSource clock,
      FolderQuestions folders,
      Listener listener) {
    this.context = context;
    this.timers = timers;
    this.settings = settings;
    this.slots = slots;
    this.resolver = resolver;
    this.pipelines = pipelines;
    this.clock = clock;
    this.folders = folders;
    this.listener = listener;
  }

  /** Begins to prepare what a client asks for. */
  void begin(Ticket ticket) {
    slots.open(ticket.request().id()).await(ticket);
    onLookInto(ticket);
  }

  /** The same after {@code pause}, of a recording whose folder is its own from now on. */
  void begin(Resumption resumption, Duration pause) {
    Slot slot = slots.open(resumption.request().id());
    slot.await(resumption);
    resumption.earlier().map(JournalEntry::folder).ifPresent(resumption::reserve);
    timers.startSingleTimer(resumption, new LookInto(resumption), pause);
  }

  void take(Step step) {
    switch (step) {
      case LookInto(var ticket) -> onLookInto(ticket);
      case FolderChecked checked -> onFolderChecked(checked);
      case Resolved(var ticket, var reply) -> onResolved(ticket, reply);
    }
  }

  private void onLookInto(Ticket ticket) {
    if (slots.awaiting(ticket).isPresent()) {
      context.pipeToSelf(
          folders.ask(ticket),
          (folder, error) ->
              new FolderChecked(ticket, Optional.ofNullable(folder), problem(error)));
    }
  }

  private static String problem(@Nullable Throwable error) {
    if (error instanceof TimeoutException) {
      return "The disk of rec_dir doesn't answer";
    }
    Throwable cause = error != null && error.getCause() != null ? error.getCause() : error;
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }

  private void onFolderChecked(FolderChecked checked) {
    Ticket ticket = checked.ticket();
    slots.awaiting(ticket).ifPresent(slot -> onFolderChecked(slot, ticket, checked));
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
    checked.folder().ifPresent(ticket::reserve);
    context.ask(
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

  private void onResolved(Ticket ticket, ResolverActor.Reply reply) {
    slots.awaiting(ticket).ifPresent(slot -> onResolved(slot, ticket, reply));
  }

  private void onResolved(Slot slot, Ticket ticket, ResolverActor.Reply reply) {
    switch (reply) {
      case ResolverActor.NotResolved(var failure) -> refuse(slot, ticket, failure);
      case ResolverActor.Resolved(var media) -> {
        RecordingTask task =
            new RecordingTask(
                ticket.request(), media, ticket.reserved(), ticket.began(), ticket.earlier());
        if (!task.goesOn()) {
          refuse(slot, ticket, OTHER_KIND);
          return;
        }
        try {
          Pipeline pipeline = pipelines.create(task, () -> resolveAgain(ticket.request()));
          listener.ready(slot, ticket, task, pipeline);
        } catch (StreamException e) {
          refuse(slot, ticket, e.failure());
        } catch (RuntimeException bug) {
          context.getLog().error("Recording [{}] can't begin", slot.id(), bug);
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
            context.getSystem().scheduler())
        .thenApply(
            reply ->
                switch (reply) {
                  case ResolverActor.Resolved(var media) -> media;
                  case ResolverActor.NotResolved(var failure) -> throw new StreamException(failure);
                });
  }

  private void refuse(Slot slot, Ticket ticket, StreamFailure failure) {
    refuse(slot, ticket, failure, ticket.tryAgain(failure, clock.instant()));
  }

  private void refuse(Slot slot, Ticket ticket, StreamFailure failure, Optional<Duration> pause) {
    if (pause.isPresent()) {
      if (ticket.isNews(failure)) {
        context
            .getLog()
            .warn(
                "Recording [{}] can't be gone on with, tried again and again: {}",
                slot.id(),
                failure.message());
      }
      timers.startSingleTimer(ticket, new LookInto(ticket), pause.get());
      return;
    }
    context
        .getLog()
        .info(
            "Recording [{}] is refused: [{}] {}",
            slot.id(),
            failure.errorId().id(),
            failure.message());
    slot.refuse(ticket, failure);
    listener.refused(slot);
  }
}
