package io.github.streamingserver.session;

import io.github.streamingserver.config.AdmissionSettings;
import io.github.streamingserver.config.TcpSettings;
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

  private enum HelloOverdue implements Command {
    INSTANCE
  }

  private enum Outbound implements Command {
    DRAINED,
    ENDED
  }

  private final String peer;
  private final OutboundQueue outbound;
  private final Outbox outbox;
  private final Greeter greeter;
  private final RequestDesk desk;
  private final Inbox inbox;
  private Optional<ActorRef<Ack>> owedAck = Optional.empty();
  private boolean closing;

  /** A session for {@code connection}, which it runs. */
  public static Behavior<Command> create(SessionContext services, ClientConnection connection) {
    return Behaviors.setup(context -> new ClientSession(context, services, connection));
  }

  private ClientSession(
      ActorContext<Command> context, SessionContext services, ClientConnection connection) {
    super(context);
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
    AdmissionSettings admission = services.settings().admission();
    this.greeter =
        new Greeter(services.tokens(), admission, connection.address(), context.getLog());
    this.desk = new RequestDesk(context, services, outbox, greeter);
    this.inbox = new Inbox(services, desk, outbox, context.getLog(), peer);
    if (!greeter.isAdmitted()) {
      context.scheduleOnce(admission.helloTimeout(), self, HelloOverdue.INSTANCE);
    }
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
      case HelloOverdue.INSTANCE -> onHelloOverdue();
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
    inbox.take(frame);
    return settle();
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

  private Behavior<Command> onHelloOverdue() {
    return greeter.isAdmitted()
        ? this
        : onBroken(new NoHelloException("it didn't say the token within security.hello-timeout"));
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
