package io.github.streamingserver.recorder;

/**
 * A recorder ended in a way that nobody foresaw, by a bug or a machine that is out of something; or
 * its disk failed.
 */
final class RecorderCrashException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecorderCrashException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Ended by what is told in full by {@code cause}. */
  RecorderCrashException(Throwable cause) {
    super(cause.getMessage(), cause, false, false);
  }
}
