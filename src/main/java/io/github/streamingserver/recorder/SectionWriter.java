package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.recorder.Fact.Grown;
import io.github.streamingserver.recorder.Fact.PartLost;
import io.github.streamingserver.recorder.Fact.PartWritten;
import io.github.streamingserver.recorder.Fact.SectionOpened;
import io.github.streamingserver.recorder.Fact.TotalKnown;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Pieces → files and {@code log.txt}. Blocks on the disk: for the blocking dispatcher, one thread
 * at a time. Failures are those of {@link RecordingFile}.
 */
final class SectionWriter {
  private static final long REPORT_EVERY = 1L << 20;

  private final RecordingFile file;
  private final RecordingLog log;
  private long parts;
  private long lost;
  private long partStart;
  private OptionalLong partEnd = OptionalLong.empty();
  private long reportAt;

  /**
   * Makes the folder ready and begins the first section.
   *
   * @param extension of the files, without a dot
   */
  SectionWriter(Path folder, String extension, long minFreeSpace, Clock clock) {
    RecordingFile.prepare(folder);
    this.file = RecordingFile.open(folder, 0, extension, minFreeSpace);
    this.log = RecordingLog.open(folder, clock);
    log.line("section 0 begins: %s".formatted(file.path().getFileName()));
  }

  SectionOpened opened() {
    return new SectionOpened(0, file.path());
  }

  /** Does what {@code piece} says, and tells what is true then. */
  List<Fact> accept(Piece piece) {
    List<Fact> facts = new ArrayList<>(1);
    switch (piece) {
      case Piece.Begin _ -> {
        partStart = file.size();
        partEnd = OptionalLong.empty();
      }
      case Piece.Length(long bytes) -> {
        if (parts == 0) {
          file.checkSpace(bytes);
        }
        partEnd = OptionalLong.of(partStart + bytes);
        facts.add(new TotalKnown(partStart + bytes));
      }
      case Piece.Data(var bytes) -> {
        file.write(bytes);
        if (file.size() >= reportAt) {
          reportAt = file.size() + REPORT_EVERY;
          facts.add(new Grown(file.size()));
        }
      }
      case Piece.Resumed(var cause) ->
          log.line(
              "broke off at %d bytes, goes on there: %s".formatted(file.size(), cause.message()));
      case Piece.Rollback(var cause) -> {
        long cut = file.size() - partStart;
        file.rollback();
        partEnd = OptionalLong.empty();
        reportAt = 0;
        log.line("begins a segment again, %d bytes cut back: %s".formatted(cut, cause.message()));
      }
      case Piece.End(var part) -> {
        requireWhole(part);
        parts++;
        file.mark();
        facts.add(new PartWritten(part, file.size()));
      }
      case Piece.Broken _ -> {}
      case Piece.Lost(var part, var cause) -> {
        lost++;
        file.rollback();
        reportAt = 0;
        log.line(
            "LOST segment %d, %s s, %s: %s"
                .formatted(
                    part.sequence(),
                    seconds(part.seconds()),
                    Urls.shown(part.url()),
                    cause.message()));
        facts.add(new PartLost(part, cause));
      }
    }
    return facts;
  }

  /** The last check before a part is called whole: nothing on its way may have lost a byte. */
  private void requireWhole(Piece.Part part) {
    if (partEnd.isPresent() && partEnd.getAsLong() != file.size()) {
      throw new StreamException(
          new StreamFailure.Failed(
              "%d bytes of %s are on disk where %d are due"
                  .formatted(
                      file.size() - partStart,
                      Urls.shown(part.url()),
                      partEnd.getAsLong() - partStart)));
    }
  }

  /**
   * Ends the recording's files: what is not whole is cut off, unless it is the only part, of which
   * as much is kept as there is.
   *
   * @param reason for the log
   * @return how much is there
   */
  Grown end(String reason) {
    try (log;
        file) {
      if (parts + lost > 0) {
        file.rollback();
      }
      log.line(
          "end: %s; %d bytes, %d segments, %d lost".formatted(reason, file.size(), parts, lost));
      return new Grown(file.size());
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
