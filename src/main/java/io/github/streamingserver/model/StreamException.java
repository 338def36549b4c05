package io.github.streamingserver.model;

import java.util.Optional;
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

  /** The failure that {@code error} carries, however deep; empty where it is a surprise. */
  public static Optional<StreamFailure> expected(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamException known) {
        return Optional.of(known.failure());
      }
    }
    return Optional.empty();
  }

  /**
   * The failure that {@code error} carries, however deep; a surprise becomes a {@link
   * StreamFailure.Failed} that names its kind.
   */
  public static StreamFailure failureOf(Throwable error) {
    Optional<StreamFailure> expected = expected(error);
    if (expected.isPresent()) {
      return expected.get();
    }
    Throwable shown =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    String detail = shown.getMessage() == null ? "" : ": " + shown.getMessage();
    return new StreamFailure.Failed("Internal error, " + shown.getClass().getSimpleName() + detail);
  }
}
