package io.github.streamingserver;

/** The port can't be listened on; the message says what to do. */
public final class PortTakenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  PortTakenException(String remedy, Throwable cause) {
    super(remedy, cause);
    this.remedy = remedy;
  }

  @Override
  public String getMessage() {
    return remedy;
  }
}
