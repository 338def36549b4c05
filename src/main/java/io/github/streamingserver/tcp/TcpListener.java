package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.session.ByteBudget;
import io.github.streamingserver.session.ClientSession;
import io.github.streamingserver.session.SessionContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/** Accepts clients and spawns a session for each. One actor; it lives as long as the server. */
public final class TcpListener extends AbstractBehavior<TcpListener.Command> {
  /** What the listener takes. */
  public sealed interface Command {}

  /** Lets all clients read what waits for them, and closes; answered when they are gone. */
  public record CloseAll(ActorRef<Done> replyTo) implements Command {}

  /** Whether the port could be taken. */
  public sealed interface Binding {}

  /** Clients can connect here, by each of the doors in their order. */
  public record Bound(List<InetSocketAddress> addresses) implements Binding {
    public Bound {
      addresses = List.copyOf(addresses);
    }
  }

  /** They can't. */
  public record NotBound(Door door, Throwable cause) implements Binding {}

  private record Opened(Door door, InetSocketAddress address) implements Command {}

  private record NotOpened(Door door, Throwable cause) implements Command {}

  private record Accepted(Door door, IncomingConnection connection) implements Command {}

  private final TcpSettings settings;
  private final SessionContext services;
  private final ActorRef<Binding> replyTo;
  private final List<Door> doors;
  private final Map<Door, InetSocketAddress> open = new HashMap<>();
  private final ByteBudget inboundBudget;
  private final WriteTurns turns;
  private final Admission admission;
  private final RefusalLog refusals = new RefusalLog(now());
  private final Materializer materializer;
  private final Clients clients;
  private Optional<ActorRef<Done>> closing = Optional.empty();

  /** A listener that tells {@code replyTo} whether it could take the ports of {@code doors}. */
  public static Behavior<Command> create(
      SessionContext services, List<Door> doors, ActorRef<Binding> replyTo) {
    return Behaviors.setup(context -> new TcpListener(context, services, doors, replyTo));
  }

  private TcpListener(
      ActorContext<Command> context,
      SessionContext services,
      List<Door> doors,
      ActorRef<Binding> replyTo) {
    super(context);
    this.settings = services.settings().tcp();
    this.services = services;
    this.doors = List.copyOf(doors);
    this.replyTo = replyTo;
    this.inboundBudget = new ByteBudget(settings.inboundBudget());
    this.turns = new WriteTurns(settings.outboundWrites(), WriteGate.PATIENCE, System::nanoTime);
    this.admission = new Admission(services.settings().admission().networks(), settings);
    this.clients = new Clients(admission);
    this.materializer = Materializer.createMaterializer(context);
    doors.forEach(this::open);
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
      case Opened(var door, var address) -> onOpened(door, address);
      case NotOpened(var door, var cause) -> onNotOpened(door, cause);
      case Accepted(var door, var connection) -> onAccepted(door, connection);
      case CloseAll(var replyTo) -> onCloseAll(replyTo);
    };
  }

  private void open(Door door) {
    if (door instanceof Door.Secure(var tls, var credentials)) {
      getContext()
          .spawn(
              CertificateWatch.create(credentials, tls.reloadInterval()),
              "certificate",
              DispatcherSelector.fromConfig("streamingserver.blocking-dispatcher"));
    }
    ActorRef<Command> self = getContext().getSelf();
    getContext()
        .pipeToSelf(
            Port.open(
                getContext(),
                door,
                settings,
                connection -> self.tell(new Accepted(door, connection))),
            (address, error) ->
                address == null ? new NotOpened(door, cause(error)) : new Opened(door, address));
  }

  private static Throwable cause(@Nullable Throwable error) {
    return error == null ? new IllegalStateException("no binding") : error;
  }

  private Behavior<Command> onOpened(Door door, InetSocketAddress address) {
    open.put(door, address);
    if (open.size() == doors.size()) {
      replyTo.tell(new Bound(doors.stream().map(open::get).toList()));
    }
    return this;
  }

  private Behavior<Command> onNotOpened(Door door, Throwable cause) {
    replyTo.tell(new NotBound(door, cause));
    return this;
  }

  private Behavior<Command> onAccepted(Door door, IncomingConnection connection) {
    InetAddress peer = connection.remoteAddress().getAddress();
    Optional<String> refusal =
        closing.isPresent() ? Optional.of("the server ends") : admission.admit(peer);
    if (refusal.isPresent()) {
      refusals.line(peer, refusal.get(), now()).ifPresent(getContext().getLog()::warn);
      connection.close();
      return this;
    }
    InboundLease lease = new InboundLease(inboundBudget);
    ConnectionFlow flow =
        new ConnectionFlow(door, connection, settings, lease, turns, materializer);
    ActorRef<ClientSession.Command> session =
        getContext().spawnAnonymous(ClientSession.create(services, flow));
    getContext().watch(session);
    clients.began(session, peer, lease);
    return this;
  }

  private static Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }

  private Behavior<Command> onSessionEnded(ActorRef<Void> session) {
    clients.ended(session);
    return answerIfClosed();
  }

  private Behavior<Command> onCloseAll(ActorRef<Done> replyTo) {
    closing = Optional.of(replyTo);
    clients.sessions().forEach(session -> session.tell(new ClientSession.Goodbye()));
    return answerIfClosed();
  }

  private Behavior<Command> answerIfClosed() {
    if (clients.areGone()) {
      closing.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
    }
    return this;
  }
}
