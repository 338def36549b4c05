package io.github.streamingserver.cli;

/** What streamctl ends with, for scripts. */
final class ExitCode {
  /** Done; a recording is complete, or was stopped by someone who wanted so. */
  static final int COMPLETE = 0;

  /** Not all that {@code playlist} was given are playlists; the others were shown. */
  static final int NO_PLAYLIST = 1;

  /** The command line is wrong, or names what the server doesn't have. */
  static final int USAGE = 2;

  /** The server answered with an error, whose {@code error_id} stands on stderr. */
  static final int ERROR = 3;

  /** No server, no answer in time, no StreamingServer, or one that went away. */
  static final int UNREACHABLE = 4;

  /** Ctrl-C, as shells count it: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
