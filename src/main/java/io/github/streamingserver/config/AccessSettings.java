package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How pages are asked for where a site refuses a plain client: {@code http.access} in
 * reference.conf.
 *
 * @param stepTimeout the longest that one way to ask may take
 * @param rememberedHosts of how many hosts the way that worked is remembered
 * @param curl name or path of the curl program; empty for none
 * @param curlMaxSize the longest answer that is taken from it, in bytes
 * @param curlDispatcher the name of the bounded dispatcher that waits for it
 */
public record AccessSettings(
    Duration stepTimeout,
    int rememberedHosts,
    String curl,
    int curlMaxSize,
    String curlDispatcher) {
  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public AccessSettings {
    if (stepTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException("http.access.step-timeout must be a second at least");
    }
    if (rememberedHosts < 1) {
      throw new IllegalArgumentException("http.access.remembered-hosts must be at least 1");
    }
    if (curlMaxSize < 1) {
      throw new IllegalArgumentException("http.access.curl-max-size must be at least 1");
    }
  }

  /** Reads the {@code streamingserver} section. */
  static AccessSettings create(Config config) {
    Config access = config.getConfig("http.access");
    return new AccessSettings(
        access.getDuration("step-timeout"),
        access.getInt("remembered-hosts"),
        access.getString("curl"),
        Math.toIntExact(access.getBytes("curl-max-size")),
        "streamingserver.curl-dispatcher");
  }
}
