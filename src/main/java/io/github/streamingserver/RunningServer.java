package io.github.streamingserver;

import com.typesafe.config.Config;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.tcp.Door;
import io.github.streamingserver.tcp.TcpListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** The actors of one server, from the port that is taken to the last file that is closed. */
public final class RunningServer implements AutoCloseable {
  private static final String NAME = "streamingserver";

  private final ActorSystem<TcpListener.Binding> system;
  private final List<InetSocketAddress> addresses;

  private RunningServer(
      ActorSystem<TcpListener.Binding> system, List<InetSocketAddress> addresses) {
    this.system = system;
    this.addresses = addresses;
  }

  /**
   * Starts a server; blocks until clients can connect.
   *
   * @throws PortTakenException where they never can
   * @throws IOException where the state folder can't be used
   * @throws com.typesafe.config.ConfigException where a setting is wrong
   * @throws IllegalArgumentException where a setting is wrong, or a certificate can't be used
   */
  public static RunningServer start(Config config) throws PortTakenException, IOException {
    ServerSettings settings = ServerSettings.create(config);
    List<Door> doors = Door.all(settings.tcp());
    Journal journal = Journal.open(settings.recording().state());
    CompletableFuture<TcpListener.Binding> bound = new CompletableFuture<>();
    ActorSystem<TcpListener.Binding> system =
        ActorSystem.create(
            Guardian.create(settings, journal, journal.entries(), doors, Version.current(), bound),
            NAME,
            config);
    return switch (bound.join()) {
      case TcpListener.Bound(var addresses) -> new RunningServer(system, addresses);
      case TcpListener.NotBound(var door, var cause) -> {
        system.terminate();
        throw new PortTakenException(
            "Port %d on %s can't be taken: %s; choose another with %s"
                .formatted(door.port(), door.bind(), reason(cause), door.remedy()),
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
    return addresses.getFirst().getPort();
  }

  /** Where they connect with TLS; empty where it is off. */
  public OptionalInt tlsPort() {
    return addresses.stream().skip(1).mapToInt(InetSocketAddress::getPort).findFirst();
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
