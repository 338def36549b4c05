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
