package io.github.streamingserver.http;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;

/** Holds an {@link HttpFailure} as the cause of a {@link StreamException}. */
final class HttpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient HttpFailure failure;

  private HttpException(HttpFailure failure, Throwable cause) {
    super(failure.toString(), cause, false, false);
    this.failure = failure;
  }

  private HttpException(HttpFailure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  static StreamException carrying(HttpFailure failure, StreamFailure told, Throwable cause) {
    return new StreamException(told, new HttpException(failure, cause));
  }

  static StreamException carrying(HttpFailure failure, StreamFailure told) {
    return new StreamException(told, new HttpException(failure));
  }

  HttpFailure failure() {
    return failure;
  }
}
