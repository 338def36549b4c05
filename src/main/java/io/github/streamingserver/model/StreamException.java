package io.github.streamingserver.model;

import java.util.concurrent.CompletionException;

/** Carries a {@link StreamFailure} through streams and futures. Expected: it has no stack trace. */
public final class StreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StreamFailure failure;

  public StreamException(StreamFailure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public StreamException(StreamFailure failure, Throwable cause) {
    super(failure.message(), cause, false, false);
    this.failure = failure;
  }

  /** What a client is told. */
  public StreamFailure failure() {
    return failure;
  }

  /**
   * The failure that {@code error} carries, however deep; a surprise becomes a {@link
   * StreamFailure.Failed} that names its kind.
   */
  public static StreamFailure failureOf(Throwable error) {
    Throwable cause = error;
    while (cause != null) {
      if (cause instanceof StreamException expected) {
        return expected.failure();
      }
      cause = cause.getCause();
    }
    Throwable shown =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    String detail = shown.getMessage() == null ? "" : ": " + shown.getMessage();
    return new StreamFailure.Failed("Internal error, " + shown.getClass().getSimpleName() + detail);
  }
}
