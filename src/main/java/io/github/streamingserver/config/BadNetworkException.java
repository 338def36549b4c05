package io.github.streamingserver.config;

/** An entry of {@code security.allowed-networks} is no network; the message says what to write. */
public final class BadNetworkException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadNetworkException(String entry, String problem) {
    super("security.allowed-networks: [%s] %s".formatted(entry, problem));
  }
}
