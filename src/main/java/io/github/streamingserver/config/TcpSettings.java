package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code streamingserver.tcp}: see reference.conf. Sizes in bytes. */
public record TcpSettings(
    String bind,
    int port,
    int backlog,
    int maxConnections,
    long maxMessageSize,
    long inboundBudget,
    Duration inboundHold,
    int inboundAllowance,
    Duration frameTimeout,
    int outboundMessages,
    long outboundBudget,
    Duration writeTimeout,
    int requestsInFlight) {

  private static final int HIGHEST_PORT = 65_535;

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
    if (inboundAllowance < 1 || outboundMessages < 1 || requestsInFlight < 1) {
      throw new IllegalArgumentException(
          "tcp.inbound-allowance, outbound-messages and requests-in-flight must be 1 or more");
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
        tcp.getBytes("max-message-size"),
        tcp.getBytes("inbound-budget"),
        tcp.getDuration("inbound-hold"),
        Math.toIntExact(tcp.getBytes("inbound-allowance")),
        tcp.getDuration("frame-timeout"),
        tcp.getInt("outbound-messages"),
        tcp.getBytes("outbound-budget"),
        tcp.getDuration("write-timeout"),
        tcp.getInt("requests-in-flight"));
  }
}
