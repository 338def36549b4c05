package io.github.streamingserver;

import com.typesafe.config.Config;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.tcp.TcpListener;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** The actors of one server, from the port that is taken to the last file that is closed. */
public final class RunningServer implements AutoCloseable {
  private static final String NAME = "streamingserver";

  private final ActorSystem<TcpListener.Binding> system;
  private final int port;

  private RunningServer(ActorSystem<TcpListener.Binding> system, int port) {
    this.system = system;
    this.port = port;
  }

  /**
   * Starts a server; blocks until clients can connect.
   *
   * @throws PortTakenException where they never can
   * @throws com.typesafe.config.ConfigException where a setting is wrong
   */
  public static RunningServer start(Config config) throws PortTakenException {
    ServerSettings settings = ServerSettings.create(config);
    CompletableFuture<TcpListener.Binding> bound = new CompletableFuture<>();
    ActorSystem<TcpListener.Binding> system =
        ActorSystem.create(Guardian.create(settings, Version.current(), bound), NAME, config);
    return switch (bound.join()) {
      case TcpListener.Bound(var address) -> new RunningServer(system, address.getPort());
      case TcpListener.NotBound(var cause) -> {
        system.terminate();
        throw new PortTakenException(
            "Port %d on %s can't be taken: %s; choose another with --port or --bind"
                .formatted(settings.tcp().port(), settings.tcp().bind(), reason(cause)),
            cause);
      }
    };
  }

  /** The system's own words, without the classes and the address around them. */
  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).replaceFirst("^\\[[^]]*]\\s*", "");
  }

  /** Where clients connect. */
  public int port() {
    return port;
  }

  /** Blocks until the server has ended. */
  void awaitEnd() {
    system.getWhenTerminated().toCompletableFuture().join();
  }

  /** Ends recordings, closes connections, and blocks until all is done. */
  @Override
  public void close() {
    var _ = CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
    awaitEnd();
  }
}
