package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.recorder.journal.JournalPage;
import java.time.Clock;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import scala.PartialFunction;

/**
 * The one stream of a recording: pieces → rewritten → on disk → facts. A failure goes down it as
 * the last piece, so that it overtakes nothing.
 */
final class RecordingStream {
  private static final String DISKS = "streamingserver.disk-dispatcher";

  /** Chunks of up to 256 KiB that wait to be rewritten and for the disk. */
  private static final int MOST_WAITING = 2;

  private final RecordingTask task;
  private final RecordingSettings settings;
  private final JournalPage page;
  private final Pipeline pipeline;
  private final Clock clock;

  RecordingStream(
      RecordingTask task,
      RecordingSettings settings,
      JournalPage page,
      Pipeline pipeline,
      Clock clock) {
    this.task = task;
    this.settings = settings;
    this.page = page;
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** Runs it; the switch ends it, with all on disk that is whole. */
  UniqueKillSwitch run(Sink<Fact, NotUsed> facts, Materializer materializer) {
    FileStage files = new FileStage(this::writer, settings.journalInterval());
    Flow<Piece, Fact, NotUsed> toDisk =
        pipeline.rewriting().recover(failureAsPiece()).via(files).async(DISKS, MOST_WAITING);
    return pipeline
        .pieces()
        .recover(failureAsPiece())
        .viaMat(KillSwitches.single(), Keep.right())
        .via(toDisk)
        .to(facts)
        .run(materializer);
  }

  private SectionWriter writer() {
    String extension = pipeline.extension();
    JournalEntry entry = task.entry(extension);
    Checkpoints checkpoints =
        new Checkpoints(page, entry, task.files(extension), settings.journalInterval(), clock);
    return task.left().isPresent()
        ? SectionWriter.resume(entry, extension, checkpoints, FreeSpace.of(settings, clock), clock)
        : SectionWriter.begin(entry, checkpoints, FreeSpace.of(settings, clock), clock);
  }

  private static PartialFunction<Throwable, Piece> failureAsPiece() {
    return new PFBuilder<Throwable, Piece>().matchAny(Piece.Broken::new).build();
  }
}
