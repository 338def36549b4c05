package io.github.streamingserver.session;

/**
 * A client is disconnected because it doesn't read; its message continues "client … is
 * disconnected: ".
 */
public final class SlowClientException extends Exception {
  private static final long serialVersionUID = 1L;

  /** {@code message}: what it doesn't read. */
  public SlowClientException(String message) {
    super(message, null, false, false);
  }
}
