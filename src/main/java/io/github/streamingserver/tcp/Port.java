package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;

/** Takes ports of the system. */
final class Port {
  private Port() {}

  /** Takes the port of {@code door} until the server ends; connections go to {@code accept}. */
  static CompletionStage<InetSocketAddress> open(
      ActorSystem<?> system,
      Door door,
      TcpSettings settings,
      Sink<Tcp.IncomingConnection, ?> accept,
      Materializer materializer) {
    return Tcp.get(system)
        .bind(
            door.bind(),
            door.port(),
            settings.backlog(),
            List.of(TcpSO.tcpNoDelay(true), new KeepAlive(settings.keepAliveIdle())),
            true,
            Optional.empty())
        .to(accept)
        .run(materializer)
        .thenApply(binding -> closedAtShutdown(system, binding));
  }

  private static InetSocketAddress closedAtShutdown(
      ActorSystem<?> system, Tcp.ServerBinding binding) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "close-port-" + binding.localAddress().getPort(),
            () -> binding.unbind().thenApply(_ -> Done.getInstance()));
    return binding.localAddress();
  }
}
