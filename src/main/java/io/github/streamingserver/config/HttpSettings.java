package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How the fetcher behaves.
 *
 * @param connectTimeout the longest that a connection may take to be made, TLS apart
 * @param idleTimeout the longest wait for a response's headers, and for its next byte
 * @param readPause how long a connection that brings small pieces is left before it is read on, at
 *     the least; zero: not at all
 * @param maxRedirects how many redirects one request follows
 * @param maxConnectionsPerHost how many connections to one host and port are open at a time, those
 *     included whose server never answered: they end after four times {@code idleTimeout}
 * @param userAgent the User-Agent of requests whose session names none
 * @param blockingDispatcher the name of the bounded dispatcher that br is decoded on
 * @param denyPrivateOrigins {@code streamingserver.security.deny-private-origins}
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    Duration readPause,
    int maxRedirects,
    int maxConnectionsPerHost,
    String userAgent,
    String blockingDispatcher,
    boolean denyPrivateOrigins) {
  /** Eight times as long, and the system's buffer would be full and the network wait. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public HttpSettings {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("idleTimeout", idleTimeout);
    if (readPause.isNegative() || readPause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          "http.read-pause must be from 0 to " + LONGEST_PAUSE.toMillis() + " ms");
    }
    if (maxRedirects < 0) {
      throw new IllegalArgumentException("maxRedirects must not be negative");
    }
    if (maxConnectionsPerHost < 1) {
      throw new IllegalArgumentException("maxConnectionsPerHost must be at least 1");
    }
    if (userAgent.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("userAgent holds a control character");
    }
    if (blockingDispatcher.isBlank()) {
      throw new IllegalArgumentException("blockingDispatcher must name a dispatcher");
    }
  }

  /** Reads the {@code streamingserver} section. */
  static HttpSettings create(Config config) {
    Config http = config.getConfig("http");
    return new HttpSettings(
        http.getDuration("connect-timeout"),
        http.getDuration("idle-timeout"),
        http.getDuration("read-pause"),
        http.getInt("max-redirects"),
        http.getInt("max-connections-per-host"),
        http.getString("user-agent"),
        "streamingserver.blocking-dispatcher",
        config.getBoolean("security.deny-private-origins"));
  }

  /** How long a connection may lie without a byte, or a response without a reader. */
  public Duration longestIdleConnection() {
    return idleTimeout.multipliedBy(4);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
