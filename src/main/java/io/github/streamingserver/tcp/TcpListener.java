package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.session.ByteBudget;
import io.github.streamingserver.session.ClientSession;
import io.github.streamingserver.session.SessionContext;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import org.jspecify.annotations.Nullable;

/** Accepts clients and spawns a session for each. One actor; it lives as long as the server. */
public final class TcpListener extends AbstractBehavior<TcpListener.Command> {
  /** What the listener takes. */
  public sealed interface Command {}

  /** Lets all clients read what waits for them, and closes; answered when they are gone. */
  public record CloseAll(ActorRef<Done> replyTo) implements Command {}

  /** Whether the port could be taken. */
  public sealed interface Binding {}

  /** Clients can connect here. */
  public record Bound(InetSocketAddress address) implements Binding {}

  /** They can't. */
  public record NotBound(Throwable cause) implements Binding {}

  private record BindingKnown(Binding binding) implements Command {}

  private record Accepted(Tcp.IncomingConnection connection) implements Command {}

  private record AcceptingEnded(String reason) implements Command {}

  private final TcpSettings settings;
  private final SessionContext services;
  private final ActorRef<Binding> replyTo;
  private final ByteBudget inboundBudget;
  private final Materializer materializer;
  private final Map<ActorPath, ActorRef<ClientSession.Command>> sessions = new HashMap<>();
  private Optional<ActorRef<Done>> closing = Optional.empty();

  /** A listener that tells {@code replyTo} whether it could take the port. */
  public static Behavior<Command> create(SessionContext services, ActorRef<Binding> replyTo) {
    return Behaviors.setup(context -> new TcpListener(context, services, replyTo));
  }

  private TcpListener(
      ActorContext<Command> context, SessionContext services, ActorRef<Binding> replyTo) {
    super(context);
    this.settings = services.settings().tcp();
    this.services = services;
    this.replyTo = replyTo;
    this.inboundBudget = new ByteBudget(settings.inboundBudget());
    this.materializer = Materializer.createMaterializer(context);
    bind();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::onCommand)
        .onSignal(Terminated.class, ended -> onSessionEnded(ended.getRef()))
        .build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case BindingKnown(var binding) -> onBinding(binding);
      case Accepted(var connection) -> onAccepted(connection);
      case AcceptingEnded(var reason) -> onAcceptingEnded(reason);
      case CloseAll(var replyTo) -> onCloseAll(replyTo);
    };
  }

  private void bind() {
    ActorRef<Command> self = getContext().getSelf();
    Sink<Command, NotUsed> accept =
        ActorSink.actorRef(
            self,
            new AcceptingEnded("the port is closed"),
            error -> new AcceptingEnded(String.valueOf(error.getMessage())));
    CompletionStage<Tcp.ServerBinding> binding =
        Tcp.get(getContext().getSystem())
            .bind(
                settings.bind(),
                settings.port(),
                settings.backlog(),
                List.of(TcpSO.tcpNoDelay(true)),
                true,
                Optional.empty())
            .map(connection -> (Command) new Accepted(connection))
            .to(accept)
            .run(materializer);
    getContext()
        .pipeToSelf(
            binding,
            (bound, error) ->
                new BindingKnown(bound == null ? new NotBound(cause(error)) : bound(bound)));
  }

  private Binding bound(Tcp.ServerBinding binding) {
    CoordinatedShutdown.get(getContext().getSystem())
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "close-port",
            () -> binding.unbind().thenApply(_ -> Done.getInstance()));
    return new Bound(binding.localAddress());
  }

  private static Throwable cause(@Nullable Throwable error) {
    return error == null ? new IllegalStateException("no binding") : error;
  }

  private Behavior<Command> onBinding(Binding binding) {
    replyTo.tell(binding);
    return this;
  }

  private Behavior<Command> onAccepted(Tcp.IncomingConnection connection) {
    if (closing.isPresent() || sessions.size() >= settings.maxConnections()) {
      getContext()
          .getLog()
          .warn("Client [{}] is refused: tcp.max-connections", connection.remoteAddress());
      connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), materializer);
      return this;
    }
    ConnectionFlow flow = new ConnectionFlow(connection, settings, inboundBudget, materializer);
    ActorRef<ClientSession.Command> session =
        getContext().spawnAnonymous(ClientSession.create(services, flow));
    getContext().watch(session);
    sessions.put(session.path(), session);
    return this;
  }

  private Behavior<Command> onSessionEnded(ActorRef<Void> session) {
    sessions.remove(session.path());
    return answerIfClosed();
  }

  private Behavior<Command> onCloseAll(ActorRef<Done> replyTo) {
    closing = Optional.of(replyTo);
    sessions.values().forEach(session -> session.tell(new ClientSession.Goodbye()));
    return answerIfClosed();
  }

  private Behavior<Command> answerIfClosed() {
    if (sessions.isEmpty()) {
      closing.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
    }
    return this;
  }

  private Behavior<Command> onAcceptingEnded(String reason) {
    getContext().getLog().debug("No more clients are accepted: {}", reason);
    return this;
  }
}
