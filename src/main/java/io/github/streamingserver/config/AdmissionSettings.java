package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Who may come in: {@code streamingserver.security} in reference.conf.
 *
 * @param token empty for none
 * @param wrongTokens as many from one address within {@code tokenHold} and no more are looked at
 *     for {@code tokenHold}
 */
public record AdmissionSettings(
    AllowedNetworks networks,
    String token,
    Duration helloTimeout,
    int wrongTokens,
    Duration tokenHold) {
  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public AdmissionSettings {
    if (wrongTokens < 1) {
      throw new IllegalArgumentException("security.wrong-tokens must be 1 or more");
    }
    if (!helloTimeout.isPositive() || !tokenHold.isPositive()) {
      throw new IllegalArgumentException(
          "security.hello-timeout and security.token-hold must be more than 0");
    }
  }

  /** Reads the {@code streamingserver} section. */
  static AdmissionSettings create(Config config) {
    Config security = config.getConfig("security");
    return new AdmissionSettings(
        AllowedNetworks.of(security.getStringList("allowed-networks")),
        security.getString("token"),
        security.getDuration("hello-timeout"),
        security.getInt("wrong-tokens"),
        security.getDuration("token-hold"));
  }

  /** Whether a client must say who it is. */
  public boolean needsToken() {
    return !token.isEmpty();
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "AdmissionSettings[networks=%s, token=%s]"
        .formatted(networks.networks(), needsToken() ? "set" : "none");
  }
}
