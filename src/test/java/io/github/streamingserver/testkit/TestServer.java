package io.github.streamingserver.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.PortTakenException;
import io.github.streamingserver.RunningServer;
import java.io.IOException;
import java.nio.file.Path;

/** A server in this JVM, on a free port, for journeys over a real socket. */
public final class TestServer implements AutoCloseable {
  private final RunningServer server;

  private TestServer(RunningServer server) {
    this.server = server;
  }

  /** A server with its providers in {@code providers} and these settings besides. */
  public static TestServer start(Path providers, String settings)
      throws PortTakenException, IOException {
    Config config =
        ConfigFactory.parseString(
                "streamingserver { tcp.port = 0, tcp.bind = \"127.0.0.1\", providers.folder = \""
                    + providers
                    + "\", state = \""
                    + providers.resolveSibling("state")
                    + "\" }")
            .withFallback(ConfigFactory.parseString(settings))
            .withFallback(ConfigFactory.load());
    return new TestServer(RunningServer.start(config));
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Where it listens with TLS, which the settings must have. */
  public int tlsPort() {
    return server.tlsPort().orElseThrow();
  }

  @Override
  public void close() {
    server.close();
  }
}
