package io.github.streamingserver.recorder;

import io.github.streamingserver.mpegts.TransportStreamRewriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** What becomes of packets that are changed where they lie. */
final class Rewritten {
  private Rewritten() {}

  /** All of {@code packets}, uncopied, as one piece. */
  static Piece.Data by(TransportStreamRewriter rewriter, List<ByteBuffer> packets) {
    ByteString all = ByteString.emptyByteString();
    for (ByteBuffer some : packets) {
      rewriter.rewrite(some);
      int offset = some.arrayOffset() + some.position();
      all = all.concat(ByteString.fromArrayUnsafe(some.array(), offset, some.remaining()));
    }
    return new Piece.Data(all);
  }
}
