package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code streamingserver.tcp}: see reference.conf. Sizes in bytes.
 *
 * @param tls the port with TLS, where there is one
 */
public record TcpSettings(
    String bind,
    int port,
    int backlog,
    int maxConnections,
    int maxConnectionsPerPeer,
    Duration keepAliveIdle,
    long maxMessageSize,
    long inboundBudget,
    Duration inboundHold,
    int inboundAllowance,
    Duration frameTimeout,
    int outboundMessages,
    long outboundBudget,
    int outboundWrites,
    Duration writeTimeout,
    int requestsInFlight,
    int requestsPerSecond,
    Optional<TlsSettings> tls) {

  static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public TcpSettings {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("tcp.port must be 0 to " + HIGHEST_PORT + ", not " + port);
    }
    if (maxMessageSize < 1 || maxMessageSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("tcp.max-message-size must be 1 byte to 2 GiB");
    }
    if (inboundAllowance < 1
        || outboundMessages < 1
        || outboundWrites < 1
        || requestsInFlight < 1) {
      throw new IllegalArgumentException(
          "tcp.inbound-allowance, outbound-messages, outbound-writes and requests-in-flight must be"
              + " 1 or more");
    }
    if (maxConnections < 1 || maxConnectionsPerPeer < 1 || requestsPerSecond < 1) {
      throw new IllegalArgumentException(
          "tcp.max-connections, max-connections-per-peer and requests-per-second must be 1 or"
              + " more");
    }
    if (keepAliveIdle.toSeconds() < 1) {
      throw new IllegalArgumentException("tcp.keep-alive-idle must be a second at least");
    }
  }

  /** Reads the {@code streamingserver} section. */
  static TcpSettings create(Config config) {
    Config tcp = config.getConfig("tcp");
    return new TcpSettings(
        tcp.getString("bind"),
        tcp.getInt("port"),
        tcp.getInt("backlog"),
        tcp.getInt("max-connections"),
        tcp.getInt("max-connections-per-peer"),
        tcp.getDuration("keep-alive-idle"),
        tcp.getBytes("max-message-size"),
        tcp.getBytes("inbound-budget"),
        tcp.getDuration("inbound-hold"),
        Math.toIntExact(tcp.getBytes("inbound-allowance")),
        tcp.getDuration("frame-timeout"),
        tcp.getInt("outbound-messages"),
        tcp.getBytes("outbound-budget"),
        tcp.getInt("outbound-writes"),
        tcp.getDuration("write-timeout"),
        tcp.getInt("requests-in-flight"),
        tcp.getInt("requests-per-second"),
        TlsSettings.create(tcp, tcp.getString("bind")));
  }
}
