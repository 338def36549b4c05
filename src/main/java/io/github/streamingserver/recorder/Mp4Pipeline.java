package io.github.streamingserver.recorder;

import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** One HTTP file, in chunks, with backpressure: what the disk can't take is not fetched. */
final class Mp4Pipeline implements Pipeline {
  private final MediaSource.Progressive source;
  private final Fetching fetching;
  private final Optional<JournalEntry> before;

  /**
   * @param task whose earlier run may have left a part of the file
   */
  Mp4Pipeline(MediaSource.Progressive source, Fetching fetching, RecordingTask task) {
    this.source = source;
    this.fetching = fetching;
    this.before = task.left();
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    Part file = new Part(source.url(), 0, 0);
    return Source.fromMaterializer((materializer, _) -> attempts(file, materializer).pieces(file))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private FileAttempts attempts(Part file, Materializer materializer) {
    return new FileAttempts(
        fetching,
        file,
        before.map(entry -> entry.file().bytes()).orElse(0L),
        before.flatMap(JournalEntry::version).orElse(FileVersion.UNKNOWN),
        materializer);
  }

  @Override
  public Flow<Piece, Piece, NotUsed> rewriting() {
    Flow<Piece, Piece, NotUsed> pieces = Flow.create();
    return Mp4Watch.knows(extension())
        ? pieces.statefulMap(
            () -> before.map(Mp4Watch::behind).orElseGet(Mp4Watch::new),
            (watch, piece) -> Pair.create(watch, watch.see(piece)),
            _ -> Optional.empty())
        : pieces;
  }

  @Override
  public String extension() {
    return before.map(entry -> entry.file().extension()).orElse(source.extension());
  }

  @Override
  public int partsBeforePlayback() {
    return 0;
  }
}
