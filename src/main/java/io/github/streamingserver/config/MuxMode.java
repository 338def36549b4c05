package io.github.streamingserver.config;

/** What is done to streams whose container has to change. */
public enum MuxMode {
  /** Copied where the box plays them, transcoded otherwise, each stream for itself. */
  AUTO,
  /** Copied whatever they are. */
  COPY,
  /** Transcoded whatever they are. */
  TRANSCODE
}
