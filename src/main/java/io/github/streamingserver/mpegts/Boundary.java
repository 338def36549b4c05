package io.github.streamingserver.mpegts;

/** How a segment follows the one before it in a file. */
public enum Boundary {
  /** As the playlist has it. */
  CONTINUES,
  /** After an EXT-X-DISCONTINUITY, or where segments were lost or left out. */
  DISCONTINUITY
}
