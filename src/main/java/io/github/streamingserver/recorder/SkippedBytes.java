package io.github.streamingserver.recorder;

import org.apache.pekko.japi.Pair;
import org.apache.pekko.util.ByteString;

/** Drops the bytes of a stream that are there already. Pure. */
final class SkippedBytes {
  private SkippedBytes() {}

  /**
   * @param skip bytes still to drop
   * @return what is still to drop after {@code bytes}, and what is left of these
   */
  static Pair<Long, ByteString> next(long skip, ByteString bytes) {
    long dropped = Math.min(skip, bytes.size());
    return Pair.create(skip - dropped, bytes.drop((int) dropped));
  }
}
