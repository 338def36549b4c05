package io.github.streamingserver.session;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.ClientMessages;
import io.github.streamingserver.protocol.MalformedMessageException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.recorder.RecorderSupervisor;
import io.github.streamingserver.recorder.RecordingEvent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One client: reads its requests, has them served, and sends it answers and broadcasts. It ends
 * with its connection; what it started goes on.
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

  record Answered(PendingRequest request, Optional<Message> answer) implements Command {}

  private record Happened(RecordingEvent event) implements Command {}

  private enum Outbound implements Command {
    DRAINED,
    ENDED
  }

  private final SessionContext services;
  private final String peer;
  private final OutboundQueue outbound;
  private final Outbox outbox;
  private final RequestDesk desk;
  private Optional<ActorRef<Ack>> owedAck = Optional.empty();
  private boolean closing;

  /** A session for {@code connection}, which it runs. */
  public static Behavior<Command> create(SessionContext services, ClientConnection connection) {
    return Behaviors.setup(context -> new ClientSession(context, services, connection));
  }

  private ClientSession(
      ActorContext<Command> context, SessionContext services, ClientConnection connection) {
    super(context);
    this.services = services;
    this.peer = connection.peer();
    ActorRef<Command> self = context.getSelf();
    TcpSettings tcp = services.settings().tcp();
    this.outbound =
        new OutboundQueue(
            tcp.outboundMessages(),
            services.outboundBudget(),
            () -> self.tell(Outbound.DRAINED),
            () -> self.tell(Outbound.ENDED),
            source -> connection.run(self, source));
    this.outbox = new Outbox(outbound, services.codec(), context.getLog(), peer);
    this.desk = new RequestDesk(context, services, outbox);
    outbox.send(ServerMessages.ready());
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
    outbox.send(ServerMessages.failed(failure, JsonObject.empty()));
  }

  private void onMessage(Message message) {
    String word = message.command();
    ClientMessage read;
    try {
      read = ClientMessages.read(message);
    } catch (IllegalArgumentException e) {
      PendingRequest unread = PendingRequest.of(word, new ClientMessage.Unknown(word));
      outbox.refuse(unread, new StreamFailure.Failed(String.valueOf(e.getMessage())));
      return;
    }
    desk.take(PendingRequest.of(word, read));
  }

  private Behavior<Command> onAnswered(PendingRequest request, Optional<Message> answer) {
    desk.answered(request, answer);
    return settle();
  }

  private Behavior<Command> onHappened(RecordingEvent event) {
    if (desk.wants(event)) {
      outbox.send(EventMessages.of(event));
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
    if (desk.hasRoom() && outbound.isDrained()) {
      owedAck.ifPresent(ack -> ack.tell(Ack.INSTANCE));
      owedAck = Optional.empty();
    }
    if (closing && desk.isIdle()) {
      outbound.complete();
    }
    return this;
  }
}
