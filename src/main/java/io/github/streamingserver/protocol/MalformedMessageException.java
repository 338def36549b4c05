package io.github.streamingserver.protocol;

/** A frame that holds no {@code ["command", {args}]}; its message tells what is wrong with it. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
