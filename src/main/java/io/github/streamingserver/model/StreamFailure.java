package io.github.streamingserver.model;

/**
 * What ended or refused a stream, as a client is told it. A message names the thing and, where
 * there is one, the remedy; it never holds a query string, cookie or token.
 */
public sealed interface StreamFailure {
  /** The id that clients act on. */
  ErrorId errorId();

  /** One sentence for people. */
  String message();

  /** The stream, or a part of it, is protected. */
  record DrmProtected(DrmScheme scheme) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.DRM_PROTECTED;
    }

    @Override
    public String message() {
      return "Stream uses DRM protection (" + scheme.label() + " detected)";
    }
  }

  /** The site answered 401, 403, 451 or with a challenge. */
  record Forbidden(String message) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.FORBIDDEN;
    }
  }

  /** Nothing came within the time allowed. */
  record TimedOut(String message) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.TIMEOUT;
    }
  }

  /** The disk takes no more. */
  record DiskFull(String message) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.DISK_FULL;
    }
  }

  /** No slot is free. */
  record Busy(String message) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.BUSY;
    }
  }

  /** All else: 404, DNS, a garbage playlist, a bad argument. */
  record Failed(String message) implements StreamFailure {
    @Override
    public ErrorId errorId() {
      return ErrorId.FAILURE;
    }
  }
}
