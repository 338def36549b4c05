package io.github.streamingserver.cli;

/** Why a source can't be read as a playlist. The message is for people and safe to print. */
final class NoPlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  NoPlaylistException(String message) {
    super(Text.clean(message));
  }
}
