package io.github.streamingserver.session;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.ClientMessages;
import io.github.streamingserver.protocol.MalformedMessageException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.recorder.RecorderSupervisor;
import io.github.streamingserver.recorder.RecordingEvent;
import io.github.streamingserver.recorder.StartReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * One client: reads its requests, hands them on, and sends it answers and broadcasts. It ends with
 * its connection; what it started goes on. Requests to browse are answered in the order they came,
 * one at a time; all others at once.
 */
public final class ClientSession extends AbstractBehavior<ClientSession.Command> {
  /** What a session takes. */
  public sealed interface Command {}

  /** The connection can deliver; it waits for the first acknowledgement. */
  public record Opened(ActorRef<Ack> ack) implements Command {}

  /** A frame; the next one comes once this is acknowledged. */
  public record Received(ActorRef<Ack> ack, Frame frame) implements Command {}

  /** The client sends no more. */
  public record Closed() implements Command {}

  /** The connection broke, or the client is refused. */
  public record Broken(Throwable cause) implements Command {}

  /** The server ends: what waits is sent, then the connection is closed. */
  public record Goodbye() implements Command {}

  /** Lets the connection deliver one more message. */
  public enum Ack {
    INSTANCE
  }

  private record Answered(PendingRequest request, Optional<Message> answer) implements Command {}

  private record Happened(RecordingEvent event) implements Command {}

  private enum Outbound implements Command {
    DRAINED,
    ENDED
  }

  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

  private final SessionContext services;
  private final String peer;
  private final OutboundQueue outbound;
  private final Deque<PendingRequest> browsing = new ArrayDeque<>();
  private Optional<ActorRef<Ack>> owedAck = Optional.empty();
  private boolean admitted;
  private boolean wantsProgress;
  private boolean closing;
  private int unanswered;

  /** A session for {@code connection}, which it runs. */
  public static Behavior<Command> create(SessionContext services, ClientConnection connection) {
    return Behaviors.setup(context -> new ClientSession(context, services, connection));
  }

  private ClientSession(
      ActorContext<Command> context, SessionContext services, ClientConnection connection) {
    super(context);
    this.services = services;
    this.peer = connection.peer();
    this.admitted = services.settings().protocol().token().isEmpty();
    ActorRef<Command> self = context.getSelf();
    TcpSettings tcp = services.settings().tcp();
    this.outbound =
        new OutboundQueue(
            tcp.outboundMessages(),
            services.outboundBudget(),
            () -> self.tell(Outbound.DRAINED),
            () -> self.tell(Outbound.ENDED),
            source -> connection.run(self, source));
    send(ServerMessages.ready());
    services
        .supervisor()
        .tell(
            new RecorderSupervisor.Subscribe(
                context.messageAdapter(RecordingEvent.class, Happened::new)));
    context.getLog().info("Client [{}] connected", peer);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::onCommand)
        .onSignal(PostStop.class, _ -> onPostStop())
        .build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case Opened(var ack) -> onOpened(ack);
      case Received(var ack, var frame) -> onReceived(ack, frame);
      case Answered(var request, var answer) -> onAnswered(request, answer);
      case Happened(var event) -> onHappened(event);
      case Closed _ -> onClosed();
      case Goodbye _ -> onGoodbye();
      case Broken(var cause) -> onBroken(cause);
      case Outbound.DRAINED -> settle();
      case Outbound.ENDED -> Behaviors.stopped();
    };
  }

  private Behavior<Command> onOpened(ActorRef<Ack> ack) {
    ack.tell(Ack.INSTANCE);
    return this;
  }

  private Behavior<Command> onReceived(ActorRef<Ack> ack, Frame frame) {
    owedAck = Optional.of(ack);
    switch (frame) {
      case Frame.TooLong(long length) ->
          refuse(
              "a message of %d bytes is longer than the %d that are allowed"
                  .formatted(length, services.settings().tcp().maxMessageSize()));
      case Frame.Complete(var content, var release) -> {
        try {
          onMessage(services.codec().decode(content.asInputStream()));
        } catch (MalformedMessageException e) {
          refuse(e.problem());
        } finally {
          release.run();
        }
      }
    }
    return settle();
  }

  private void refuse(String problem) {
    getContext().getLog().warn("Bad frame from [{}]: {}", peer, problem);
    StreamFailure failure = new StreamFailure.Failed("Bad frame: " + problem);
    send(ServerMessages.failed(failure, JsonObject.empty()));
  }

  private void onMessage(Message message) {
    String word = message.command();
    ClientMessage read;
    try {
      read = ClientMessages.read(message);
    } catch (IllegalArgumentException e) {
      PendingRequest unread = PendingRequest.of(word, new ClientMessage.Unknown(word));
      refuse(unread, new StreamFailure.Failed(String.valueOf(e.getMessage())));
      return;
    }
    PendingRequest request = PendingRequest.of(word, read);
    if (admitted || read instanceof ClientMessage.Hello) {
      perform(request);
    } else {
      refuse(request, new StreamFailure.Forbidden("Say hello with the right token first"));
    }
  }

  private void perform(PendingRequest request) {
    switch (request.message()) {
      case ClientMessage.Hello hello -> greet(request, hello);
      case ClientMessage.GetProviders _ -> enqueue(request);
      case ClientMessage.Browse _ -> enqueue(request);
      case ClientMessage.Start(var recording) -> start(request, recording);
      case ClientMessage.Stop(var recording) -> stop(request, recording);
      case ClientMessage.Status _ -> status(request);
      case ClientMessage.RecorderTypes _ -> reply(request, ServerMessages.recorderTypes());
      case ClientMessage.Unknown(var word) ->
          getContext().getLog().warn("Unknown command [{}] from [{}], ignored", brief(word), peer);
    }
  }

  private void greet(PendingRequest request, ClientMessage.Hello hello) {
    byte[] expected = services.settings().protocol().token().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, hello.token().getBytes(StandardCharsets.UTF_8))
        && expected.length > 0) {
      refuse(request, new StreamFailure.Forbidden("The token is wrong"));
      return;
    }
    admitted = true;
    wantsProgress =
        hello.events().contains(io.github.streamingserver.protocol.Command.PROGRESS.word());
    reply(request, ServerMessages.hello(services.version()));
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
    log(request, 0);
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
    getContext()
        .ask(
            type,
            target,
            timeout,
            question::apply,
            (reply, error) ->
                new Answered(
                    request,
                    reply == null
                        ? Optional.of(Answers.unanswered(request, error))
                        : answer.apply(reply)));
  }

  private Behavior<Command> onAnswered(PendingRequest request, Optional<Message> answer) {
    unanswered--;
    answer.ifPresentOrElse(message -> reply(request, message), () -> log(request, 0));
    if (request.browses()) {
      browsing.removeFirst();
      Optional.ofNullable(browsing.peekFirst()).ifPresent(this::browse);
    }
    return settle();
  }

  private Behavior<Command> onHappened(RecordingEvent event) {
    boolean wanted = !(event instanceof RecordingEvent.Progressed) || wantsProgress;
    if (admitted && wanted) {
      send(EventMessages.of(event));
    }
    return this;
  }

  private Behavior<Command> onClosed() {
    closing = true;
    return settle();
  }

  private Behavior<Command> onGoodbye() {
    outbound.complete();
    return this;
  }

  private Behavior<Command> onBroken(Throwable cause) {
    getContext().getLog().info("Client [{}] is disconnected: {}", peer, cause.getMessage());
    return Behaviors.stopped();
  }

  private Behavior<Command> onPostStop() {
    outbound.complete();
    getContext().getLog().info("Client [{}] is gone", peer);
    return this;
  }

  /** Lets the next frame come, or the connection end, once nothing stands against it. */
  private Behavior<Command> settle() {
    boolean room = browsing.size() < services.settings().tcp().requestsInFlight();
    if (room && outbound.isDrained()) {
      owedAck.ifPresent(ack -> ack.tell(Ack.INSTANCE));
      owedAck = Optional.empty();
    }
    if (closing && unanswered == 0 && browsing.isEmpty()) {
      outbound.complete();
    }
    return this;
  }

  private void refuse(PendingRequest request, StreamFailure failure) {
    reply(request, Answers.failed(request, failure));
  }

  private void reply(PendingRequest request, Message answer) {
    log(request, send(answer));
  }

  private int send(Message message) {
    byte[] content = services.codec().encode(message);
    if (!outbound.offer(ByteString.fromArrayUnsafe(content))) {
      outbound.abort(new SlowClientException("it doesn't read what waits for it (tcp.outbound-…)"));
    }
    return content.length;
  }

  private void log(PendingRequest request, int size) {
    getContext()
        .getLog()
        .info(
            "Request [{}] from [{}] answered with [{}] bytes after [{}] ms",
            brief(request.word()),
            peer,
            size,
            request.age());
  }

  private static String brief(String word) {
    String line = word.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 40 ? line.substring(0, 40) + "…" : line;
  }
}
