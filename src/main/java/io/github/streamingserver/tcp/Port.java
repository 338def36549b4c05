package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.io.Tcp;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.pattern.Patterns;

/** Takes ports of the system. */
final class Port {
  /** How long the system may take to give a port back when the server ends. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private Port() {}

  /** Takes the port of {@code door} until {@code owner} or the server ends. */
  static CompletionStage<InetSocketAddress> open(
      ActorContext<?> owner, Door door, TcpSettings settings, Consumer<IncomingConnection> accept) {
    InetSocketAddress wanted = new InetSocketAddress(door.bind(), door.port());
    if (wanted.isUnresolved()) {
      return CompletableFuture.failedFuture(new UnknownHostException("there is no such host"));
    }
    CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    Props acceptor =
        Acceptor.props(
            Tcp.get(Adapter.toClassic(owner.getSystem())).manager(),
            wanted,
            settings.backlog(),
            List.of(TcpSO.tcpNoDelay(true), new KeepAlive(settings.keepAliveIdle())),
            bound,
            accept);
    ActorRef port = Adapter.actorOf(owner, acceptor);
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(owner.getSystem());
    return bound.thenApply(
        address -> {
          shutdown.addTask(
              CoordinatedShutdown.PhaseServiceUnbind(),
              "close-port-" + address.getPort(),
              () -> closed(port));
          return address;
        });
  }

  private static CompletionStage<Done> closed(ActorRef port) {
    return Patterns.ask(port, Acceptor.Close.PORT, CLOSING).thenApply(_ -> Done.getInstance());
  }
}
