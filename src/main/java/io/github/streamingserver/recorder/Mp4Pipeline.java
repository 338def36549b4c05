package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.recorder.Piece.Part;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** One HTTP file, in chunks, with backpressure: what the disk can't take is not fetched. */
final class Mp4Pipeline implements Pipeline {
  private final MediaSource.Progressive source;
  private final Fetching fetching;

  Mp4Pipeline(MediaSource.Progressive source, Fetching fetching) {
    this.source = source;
    this.fetching = fetching;
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    Part file = new Part(source.url(), 0, 0);
    return Source.fromMaterializer(
            (materializer, _) -> new FileAttempts(fetching, file, materializer).pieces(file))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  @Override
  public Flow<Piece, Piece, NotUsed> rewriting() {
    Flow<Piece, Piece, NotUsed> pieces = Flow.create();
    return Mp4Watch.knows(source.extension())
        ? pieces.statefulMap(
            Mp4Watch::new,
            (watch, piece) -> Pair.create(watch, watch.see(piece)),
            _ -> Optional.empty())
        : pieces;
  }

  @Override
  public String extension() {
    return source.extension();
  }

  @Override
  public int partsBeforePlayback() {
    return 0;
  }
}
