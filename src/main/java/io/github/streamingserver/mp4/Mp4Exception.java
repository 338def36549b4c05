package io.github.streamingserver.mp4;

/** The bytes are no MP4, or one with a broken structure. Expected: it has no stack trace. */
public final class Mp4Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mp4Exception(String message) {
    super(message, null, false, false);
  }
}
