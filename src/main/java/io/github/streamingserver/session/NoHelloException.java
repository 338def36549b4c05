package io.github.streamingserver.session;

/**
 * A client is disconnected because it doesn't say its token; its message continues "client … is
 * disconnected: ".
 */
final class NoHelloException extends Exception {
  private static final long serialVersionUID = 1L;

  NoHelloException(String message) {
    super(message, null, false, false);
  }
}
