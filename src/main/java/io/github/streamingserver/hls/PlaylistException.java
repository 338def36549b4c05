package io.github.streamingserver.hls;

/**
 * A text that is no usable playlist. The message names the line and the problem and holds no URL,
 * attribute value or query string. Expected, so it has no stack trace.
 */
public final class PlaylistException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  PlaylistException(int line, String problem) {
    super("line " + line + ": " + problem, null, false, false);
    this.line = line;
  }

  PlaylistException(String problem) {
    super(problem, null, false, false);
    this.line = 0;
  }

  /** The line, from 1; 0 where the problem is the whole text. */
  public int line() {
    return line;
  }
}
