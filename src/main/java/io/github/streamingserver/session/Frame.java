package io.github.streamingserver.session;

import org.apache.pekko.util.ByteString;

/** What came between two length prefixes. */
public sealed interface Frame {
  /**
   * A whole frame.
   *
   * @param release to be run once the content is no longer needed: others wait for its memory
   */
  record Complete(ByteString content, Runnable release) implements Frame {}

  /** A frame of {@code length} bytes, more than is allowed; its content is skipped. */
  record TooLong(long length) implements Frame {}
}
