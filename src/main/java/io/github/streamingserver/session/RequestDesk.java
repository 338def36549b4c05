package io.github.streamingserver.session;

import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.provider.thumbnail.Thumbnails;
import io.github.streamingserver.recorder.RecorderSupervisor;
import io.github.streamingserver.recorder.RecordingEvent;
import io.github.streamingserver.recorder.StartReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Where a client's requests are served: who is admitted, who is asked, and in what order. Requests
 * to browse are served in the order they came, one at a time; all others at once. Belongs to a
 * session and its thread.
 */
final class RequestDesk {
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

  /** Pictures that one client may be waiting for: those of a screen. */
  private static final int MOST_THUMBNAILS = 32;

  private final ActorContext<ClientSession.Command> context;
  private final SessionContext services;
  private final Outbox outbox;
  private final Greeter greeter;
  private final Deque<PendingRequest> browsing = new ArrayDeque<>();
  private boolean wantsProgress;
  private int unanswered;
  private int thumbnails;

  RequestDesk(
      ActorContext<ClientSession.Command> context,
      SessionContext services,
      Outbox outbox,
      Greeter greeter) {
    this.context = context;
    this.services = services;
    this.outbox = outbox;
    this.greeter = greeter;
  }

  /** Serves a request of a client that is admitted, and a greeting of any. */
  void take(PendingRequest request) {
    if (greeter.isAdmitted() || request.message() instanceof ClientMessage.Hello) {
      perform(request);
    } else {
      outbox.refuse(request, new StreamFailure.Forbidden("Say hello with the right token first"));
    }
  }

  /** Whether this client is to hear of {@code event}. */
  boolean wants(RecordingEvent event) {
    return greeter.isAdmitted() && (wantsProgress || !(event instanceof RecordingEvent.Progressed));
  }

  /** Whether one more request may be read. */
  boolean hasRoom() {
    return browsing.size() < services.settings().tcp().requestsInFlight()
        && thumbnails < MOST_THUMBNAILS;
  }

  /** Whether every request is answered. */
  boolean isIdle() {
    return unanswered == 0 && browsing.isEmpty();
  }

  /** The answer to a request is there; empty where broadcasts are the answer. */
  void answered(PendingRequest request, Optional<Message> answer) {
    unanswered--;
    answer.ifPresentOrElse(
        message -> outbox.reply(request, message), () -> outbox.done(request, 0));
    if (request.isThumbnail()) {
      thumbnails--;
    }
    if (request.browses()) {
      browsing.removeFirst();
      Optional.ofNullable(browsing.peekFirst()).ifPresent(this::browse);
    }
  }

  private void perform(PendingRequest request) {
    switch (request.message()) {
      case ClientMessage.Hello hello -> greet(request, hello);
      case ClientMessage.GetProviders _ -> enqueue(request);
      case ClientMessage.Browse _ -> enqueue(request);
      case ClientMessage.GetThumbnail thumbnail -> bring(request, thumbnail);
      case ClientMessage.Start(var recording) -> start(request, recording);
      case ClientMessage.Stop(var recording) -> stop(request, recording);
      case ClientMessage.Status _ -> status(request);
      case ClientMessage.RecorderTypes _ -> outbox.reply(request, ServerMessages.recorderTypes());
      case ClientMessage.Unknown(var word) ->
          context.getLog().warn("Unknown command [{}] is ignored", Outbox.brief(word));
    }
  }

  private void greet(PendingRequest request, ClientMessage.Hello hello) {
    Optional<StreamFailure> refusal = greeter.greet(hello);
    if (refusal.isPresent()) {
      outbox.refuse(request, refusal.get());
      return;
    }
    wantsProgress = hello.events().contains(Command.PROGRESS.word());
    outbox.reply(request, ServerMessages.hello(services.version()));
  }

  private void enqueue(PendingRequest request) {
    browsing.add(request);
    if (browsing.size() == 1) {
      browse(request);
    }
  }

  private void browse(PendingRequest request) {
    ask(
        request,
        ProviderRegistry.Listing.class,
        services.settings().providers().requestTimeout(),
        services.registry(),
        replyTo -> Browsing.question(request.message(), replyTo),
        listing -> Optional.of(Answers.of(request, listing)));
  }

  private void bring(PendingRequest request, ClientMessage.GetThumbnail thumbnail) {
    thumbnails++;
    ask(
        request,
        Thumbnails.Reply.class,
        services.settings().providers().requestTimeout(),
        services.thumbnails(),
        replyTo ->
            new Thumbnails.Get(thumbnail.provider(), thumbnail.dataDir(), thumbnail.url(), replyTo),
        reply -> Optional.of(Answers.of(request, thumbnail.url(), reply)));
  }

  private void start(PendingRequest request, RecordingRequest recording) {
    ask(
        request,
        StartReply.class,
        services.settings().recording().answerTimeout(),
        services.supervisor(),
        replyTo -> new RecorderSupervisor.Start(recording, replyTo),
        reply -> Answers.of(request, reply));
  }

  private void stop(PendingRequest request, RecordingId recording) {
    services.supervisor().tell(new RecorderSupervisor.Stop(recording));
    outbox.done(request, 0);
  }

  private void status(PendingRequest request) {
    ask(
        request,
        RecorderSupervisor.Recordings.class,
        STATUS_TIMEOUT,
        services.supervisor(),
        RecorderSupervisor.GetStatus::new,
        recordings -> Optional.of(EventMessages.status(recordings.list())));
  }

  private <Q, A> void ask(
      PendingRequest request,
      Class<A> type,
      Duration timeout,
      ActorRef<Q> target,
      Function<ActorRef<A>, Q> question,
      Function<A, Optional<Message>> answer) {
    unanswered++;
    context.ask(
        type,
        target,
        timeout,
        question::apply,
        (reply, error) ->
            new ClientSession.Answered(
                request,
                reply == null
                    ? Optional.of(Answers.unanswered(request, error))
                    : answer.apply(reply)));
  }
}
