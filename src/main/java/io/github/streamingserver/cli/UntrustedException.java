package io.github.streamingserver.cli;

import java.io.IOException;

/** There is no secure connection, as the server isn't proven to be who it should be. */
final class UntrustedException extends IOException {
  private static final long serialVersionUID = 1L;

  UntrustedException(String message) {
    super(message);
  }

  UntrustedException(String message, Exception cause) {
    super(message, cause);
  }
}
