package io.github.streamingserver.recorder;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What one try to fetch a part brings, now that it is answered. The functions are called by the
 * part's stream, and fail the try with what they throw.
 *
 * @param first what comes before the bytes
 * @param body the bytes; runs once
 * @param data what some of them become, never none
 * @param last what comes behind the bytes
 */
record Attempt(
    List<Piece> first,
    Source<ByteString, NotUsed> body,
    Function<ByteString, Piece> data,
    Supplier<Piece> last) {
  Attempt {
    first = List.copyOf(first);
  }

  /** One without bytes. */
  static Attempt of(Supplier<Piece> last) {
    return new Attempt(List.of(), Source.empty(), Piece.Data::new, last);
  }
}
