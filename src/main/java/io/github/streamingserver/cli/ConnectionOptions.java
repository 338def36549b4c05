package io.github.streamingserver.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command; they stand before it or after it. */
final class ConnectionOptions {
  private static final String TOKEN_VARIABLE = "STREAMINGSERVER_TOKEN";
  private static final double LONGEST_TIMEOUT = Duration.ofDays(1).toSeconds();
  private static final int HIGHEST_PORT = 65_535;
  private static final int PORT = 5000;
  private static final int TLS_PORT = 5001;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      scope = ScopeType.INHERIT,
      description = "The server's name or address (127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      scope = ScopeType.INHERIT,
      description = "The server's port (5000; 5001 with --tls).")
  private @Nullable Integer port;

  @Option(
      names = "--tls",
      scope = ScopeType.INHERIT,
      description = "Speak TLS. The certificate must be trusted and name the host.")
  private boolean tls = false;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "With --tls: PEM certificates to trust in place of the JDK's; the server's own where it"
              + " signed itself.")
  private @Nullable Path authorities;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description =
          "The server's security.token. Better in the environment as "
              + TOKEN_VARIABLE
              + ", which process lists don't show.")
  private String token = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      description = "How long to wait for an answer (30). A recording may last any time.")
  private double timeout = 30;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the server's messages, or playlists, as JSON, one a line.")
  private boolean json = false;

  /** Whether results are printed as JSON. */
  boolean json() {
    return json;
  }

  /**
   * The server that the options name.
   *
   * @throws CtlException.UsageException where a number is out of its range
   */
  Target target(Environment environment) throws CtlException.UsageException {
    if (host.isBlank()) {
      throw new CtlException.UsageException("--host must not be empty");
    }
    if (authorities != null && !tls) {
      throw new CtlException.UsageException("--ca needs --tls");
    }
    int at = port == null ? (tls ? TLS_PORT : PORT) : port;
    if (at < 1 || at > HIGHEST_PORT) {
      throw new CtlException.UsageException("--port must be 1 to " + HIGHEST_PORT);
    }
    if (!(timeout > 0 && timeout <= LONGEST_TIMEOUT)) {
      throw new CtlException.UsageException("--timeout must be more than 0 and at most a day");
    }
    Duration limit = Duration.ofMillis(Math.max(1, Math.round(timeout * 1000)));
    String secret =
        token.isEmpty() ? environment.variables().getOrDefault(TOKEN_VARIABLE, "") : token;
    return new Target(host.strip(), at, secret, limit, transport(environment));
  }

  private Transport transport(Environment environment) {
    return tls
        ? new Transport.Tls(Optional.ofNullable(authorities).map(environment.folder()::resolve))
        : new Transport.Plain();
  }
}
