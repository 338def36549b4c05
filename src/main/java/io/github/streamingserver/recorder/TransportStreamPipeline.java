package io.github.streamingserver.recorder;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
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
        .statefulMapConcat(
            () -> {
              Decryption decryption = new Decryption();
              TransportStreamJoiner joiner = new TransportStreamJoiner(clock, section);
              return piece -> joined(joiner, decryption.see(piece));
            });
  }

  private static List<Piece> joined(TransportStreamJoiner joiner, List<Piece> decrypted) {
    List<Piece> all = new ArrayList<>(2);
    for (Piece piece : decrypted) {
      all.addAll(joiner.see(piece));
    }
    return all;
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
