package io.github.streamingserver.config;

import com.typesafe.config.Config;

/** {@code streamingserver.protocol} and {@code .security}: see reference.conf. */
public record ProtocolSettings(int maxDepth, long maxTokens, int maxTextLength, String token) {
  /** Reads the {@code streamingserver} section. */
  static ProtocolSettings create(Config config) {
    Config protocol = config.getConfig("protocol");
    return new ProtocolSettings(
        protocol.getInt("max-depth"),
        protocol.getLong("max-tokens"),
        Math.toIntExact(protocol.getBytes("max-text-length")),
        config.getString("security.token"));
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "ProtocolSettings[token=" + (token.isEmpty() ? "none" : "set") + "]";
  }
}
