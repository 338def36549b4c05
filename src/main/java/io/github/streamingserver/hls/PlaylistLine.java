package io.github.streamingserver.hls;

/** A line that means something; blank lines, comments and unknown tags are none. */
sealed interface PlaylistLine {
  /** From 1. */
  int number();

  /** A known tag and what stands behind its colon. */
  record TagLine(int number, Tag tag, String value) implements PlaylistLine {}

  /** A line that is no tag: a URI. */
  record UriLine(int number, String text) implements PlaylistLine {}
}
