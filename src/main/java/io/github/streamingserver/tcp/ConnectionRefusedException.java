package io.github.streamingserver.tcp;

/** Why a client is disconnected; its message continues "client … is disconnected: ". */
final class ConnectionRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  ConnectionRefusedException(String message) {
    super(message);
  }
}
