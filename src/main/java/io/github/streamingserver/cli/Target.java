package io.github.streamingserver.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * The server to talk to.
 *
 * @param token empty for none
 * @param timeout for each answer
 */
record Target(String host, int port, String token, Duration timeout, Transport transport) {
  /** As people write it, {@code host:port}. */
  String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** The time-out as people read it. */
  String limit() {
    double seconds = timeout.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.3f s", seconds);
  }

  @Override
  public String toString() {
    return address();
  }
}
