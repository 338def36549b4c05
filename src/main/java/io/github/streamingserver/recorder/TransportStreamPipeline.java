package io.github.streamingserver.recorder;

import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** HLS of MPEG-TS segments, finished or live: all of them, in order, into a file a section. */
final class TransportStreamPipeline implements Pipeline {
  private final HlsSource segments;
  private final SectionClock clock;
  private final int section;
  private final int buffering;

  /**
   * @param clock is told of each whole segment
   * @param section the one that is written first
   */
  TransportStreamPipeline(HlsSource segments, SectionClock clock, int section, int buffering) {
    this.section = section;
    this.clock = clock;
    this.segments = segments;
    this.buffering = buffering;
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    return segments.pieces();
  }

  @Override
  public Flow<Piece, Piece, NotUsed> rewriting() {
    return Flow.<Piece>create()
        .statefulMap(
            Decryption::new,
            (decryption, piece) -> Pair.create(decryption, decryption.see(piece)),
            _ -> Optional.empty())
        .mapConcat(pieces -> pieces)
        .statefulMap(
            () -> new TransportStreamJoiner(clock, section),
            (joiner, piece) -> Pair.create(joiner, joiner.see(piece)),
            _ -> Optional.empty())
        .mapConcat(pieces -> pieces);
  }

  @Override
  public String extension() {
    return "ts";
  }

  @Override
  public int partsBeforePlayback() {
    return buffering;
  }
}
