package io.github.streamingserver.recorder;

import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Drops the bytes of a stream that are there already. Pure. */
final class SkippedBytes {
  private SkippedBytes() {}

  /** What comes after the first {@code skip} bytes of {@code body}; some of it may be empty. */
  static Source<ByteString, NotUsed> after(long skip, Source<ByteString, NotUsed> body) {
    return skip == 0
        ? body
        : body.statefulMap(() -> skip, SkippedBytes::next, _ -> Optional.<ByteString>empty());
  }

  /**
   * @param skip bytes still to drop
   * @return what is still to drop after {@code bytes}, and what is left of these
   */
  static Pair<Long, ByteString> next(long skip, ByteString bytes) {
    long dropped = Math.min(skip, bytes.size());
    return Pair.create(skip - dropped, bytes.drop((int) dropped));
  }
}
