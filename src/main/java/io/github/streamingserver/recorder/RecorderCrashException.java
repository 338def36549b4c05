package io.github.streamingserver.recorder;

/** A recording ended in a way that nobody foresaw: a bug, or a machine that is out of something. */
final class RecorderCrashException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecorderCrashException(String message, Throwable cause) {
    super(message, cause);
  }
}
