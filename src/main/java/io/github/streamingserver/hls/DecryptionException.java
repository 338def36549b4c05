package io.github.streamingserver.hls;

/** A segment or key that AES-128 can't be undone with. Expected, so it has no stack trace. */
public final class DecryptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DecryptionException(String problem) {
    super(problem, null, false, false);
  }
}
