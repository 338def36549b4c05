package io.github.streamingserver.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.HttpSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;

/** The settings of Pekko's client that ours imply. */
final class PoolSettings {
  private static final String PARSING = "pekko.http.host-connection-pool.client.parsing.";

  /** Must be a power of two; more wait in line than any look-ahead asks for. */
  private static final int MOST_OPEN_REQUESTS = 1024;

  private static final Map<String, Object> LENIENT =
      Map.ofEntries(
          Map.entry(PARSING + "illegal-header-warnings", "off"),
          Map.entry(PARSING + "error-logging-verbosity", "off"),
          // Raw headers: nothing is lost, normalised or refused on the way.
          Map.entry(PARSING + "modeled-header-parsing", "off"),
          Map.entry(PARSING + "illegal-response-header-name-processing-mode", "ignore"),
          Map.entry(PARSING + "illegal-response-header-value-processing-mode", "ignore"),
          Map.entry(PARSING + "conflicting-content-type-header-processing-mode", "first"),
          Map.entry(PARSING + "max-response-reason-length", "512"),
          Map.entry(PARSING + "max-header-name-length", "256"),
          Map.entry(PARSING + "max-header-value-length", "64k"),
          Map.entry(PARSING + "max-header-count", "256"),
          Map.entry(PARSING + "max-chunk-ext-length", "1k"),
          // Some servers write a whole segment as one chunk, and Pekko holds a chunk in memory.
          Map.entry(PARSING + "max-chunk-size", "8m"),
          Map.entry(PARSING + "max-content-length", "infinite"));

  private PoolSettings() {}

  static ConnectionPoolSettings of(HttpSettings settings, Config system) {
    Config config = ConfigFactory.parseMap(LENIENT).withFallback(system);
    Duration idle = settings.longestIdleConnection();
    ConnectionPoolSettings pool = ConnectionPoolSettings.create(config);
    return pool.withConnectionSettings(
            pool.getConnectionSettings()
                .withConnectingTimeout(settings.connectTimeout())
                .withIdleTimeout(idle)
                .withUserAgentHeader(Optional.empty()))
        .withMaxConnections(settings.maxConnectionsPerHost())
        .withMaxOpenRequests(MOST_OPEN_REQUESTS)
        // The fetcher repeats once, the retry policy decides on more: the pool waits for neither.
        .withMaxRetries(0)
        .withBaseConnectionBackoff(Duration.ZERO)
        // Servers close idle connections after some seconds: be the first, not the surprised.
        .withKeepAliveTimeout(settings.idleTimeout())
        // A look-ahead may hold a response back for a while; a forgotten one must not stay.
        .withResponseEntitySubscriptionTimeout(idle);
  }
}
