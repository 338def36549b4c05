package io.github.streamingserver.hls;

/** A text that is no playlist, or one beyond the limits; its message names the line. */
public final class PlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  PlaylistException(String message) {
    super(message, null, false, false);
  }

  PlaylistException(int line, String message) {
    this("playlist line " + line + ": " + message);
  }
}
