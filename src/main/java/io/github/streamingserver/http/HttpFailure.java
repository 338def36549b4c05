package io.github.streamingserver.http;

import io.github.streamingserver.model.StreamException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Why an exchange failed, for who decides whether to try again. The {@link StreamException} that a
 * fetch or a body fails with carries it.
 */
public sealed interface HttpFailure {
  /** Unauthorized, Forbidden, Gone: what signed addresses answer when they have expired. */
  Set<Integer> REFUSALS = Set.of(401, 403, 410);

  /**
   * The server answered, but not with what was asked for.
   *
   * @param retryAfter how long it asks to be left alone; zero where it does not say
   */
  record Status(int code, Duration retryAfter) implements HttpFailure {
    public Status {
      if (retryAfter.isNegative()) {
        throw new IllegalArgumentException("negative Retry-After");
      }
    }
  }

  /** No usable answer came. */
  enum Transport implements HttpFailure {
    /** The host's name has no address at the moment. */
    HOST_UNKNOWN,
    /** No connection: refused, unreachable. */
    NOT_CONNECTED,
    /** Its address is private, and the owner wants no such. */
    PRIVATE_ORIGIN,
    /** The TLS handshake failed. */
    TLS,
    /** Nothing came within the time allowed. */
    TIMED_OUT,
    /** The connection ended before the response began. */
    CLOSED,
    /** The connection ended before the content did. */
    TRUNCATED,
    /** What came is no HTTP, or not within the limits on it. */
    NOT_HTTP,
    /** Too many redirects, or one that leads where it must not. */
    REDIRECT,
    /** The content is in a coding that is unknown, or is not what its coding says. */
    CODING,
    /** What came is something else than what was asked for: an error page, another range. */
    OTHER_CONTENT,
    /** What came is no media of the kind that was asked for. */
    NO_MEDIA,
    /** More content than the caller takes. */
    TOO_LARGE
  }

  /** Whether a server refused what it may give to a renewed session: 401, 403 or 410. */
  static boolean isRefusal(Throwable error) {
    return of(error)
        .filter(failure -> failure instanceof Status(int code, _) && REFUSALS.contains(code))
        .isPresent();
  }

  /** The failure that {@code error} carries, however deep. */
  static Optional<HttpFailure> of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException known) {
        return Optional.of(known.failure());
      }
    }
    return Optional.empty();
  }
}
