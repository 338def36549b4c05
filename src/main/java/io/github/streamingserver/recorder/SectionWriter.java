package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.recorder.Fact.Grown;
import io.github.streamingserver.recorder.Fact.Lost;
import io.github.streamingserver.recorder.Fact.PartWritten;
import io.github.streamingserver.recorder.Fact.SectionOpened;
import io.github.streamingserver.recorder.Fact.TotalKnown;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Pieces → files and {@code log.txt}. Blocks on the disk: for the blocking dispatcher, one thread
 * at a time. Failures are those of {@link RecordingFile}.
 */
final class SectionWriter {
  private static final long REPORT_EVERY = 1L << 20;

  private final SectionFiles files;
  private final SubtitleFiles subtitles;
  private final RecordingLog log;
  private final LogLines lines;
  private final FailedTries tries = new FailedTries();
  private final Checkpoints checkpoints;
  private final List<Fact> first;
  private boolean opened;
  private boolean anyPart;
  private long partStart;
  private OptionalLong partEnd = OptionalLong.empty();
  private long reportAt;

  private SectionWriter(
      JournalEntry entry,
      SectionFiles files,
      RecordingLog log,
      Checkpoints checkpoints,
      FreeSpace space) {
    this.files = files;
    this.subtitles = new SubtitleFiles(entry.folder(), space);
    this.log = log;
    this.lines = new LogLines(entry.totals());
    this.checkpoints = checkpoints;
    this.anyPart = !entry.isSingleFile() && entry.totals().segments() > 0;
    this.opened = entry.totals().bytes() == 0 || entry.isSingleFile();
    this.first = entry.totals().bytes() == 0 ? List.of(section()) : List.of(left(entry));
    checkpoints.begin(first).ifPresent(log::line);
  }

  /**
   * Makes the folder ready and begins the first section.
   *
   * @param entry of a recording that begins
   */
  static SectionWriter begin(
      JournalEntry entry, Checkpoints checkpoints, FreeSpace space, Clock clock) {
    SectionFiles files = SectionFiles.begin(entry.folder(), entry.file().extension(), space);
    return orClosed(
        files,
        () -> {
          RecordingLog log = RecordingLog.begin(entry.folder(), clock);
          SectionWriter writer = new SectionWriter(entry, files, log, checkpoints, space);
          log.line(writer.lines.begins(files.section(), files.file().path()));
          return writer;
        });
  }

  /**
   * Goes on with what an earlier run left; all that is not whole is cut off.
   *
   * @param extension of files that are begun now
   */
  static SectionWriter resume(
      JournalEntry entry, String extension, Checkpoints checkpoints, FreeSpace space, Clock clock) {
    SectionFiles files = SectionFiles.resume(entry, extension, space);
    return orClosed(
        files,
        () -> {
          RecordingLog log = RecordingLog.resume(entry.folder(), clock);
          log.line(LogLines.resumes(files.section(), files.file().path(), files.bytes()));
          return new SectionWriter(entry, files, log, checkpoints, space);
        });
  }

  /** A file that stays open keeps a disk that fails from being unmounted. */
  private static SectionWriter orClosed(SectionFiles files, Supplier<SectionWriter> writer) {
    try {
      return writer.get();
    } catch (StreamException e) {
      try {
        files.close();
      } catch (StreamException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** The last file with anything in it. */
  private static Fact left(JournalEntry entry) {
    int section = entry.lastSection();
    String extension = entry.file().extension();
    return new Fact.Resumed(section, RecordingFile.path(entry.folder(), section, extension));
  }

  private SectionOpened section() {
    return new SectionOpened(files.section(), files.file().path());
  }

  /** What is true before the first piece. */
  List<Fact> first() {
    return first;
  }

  /** Does what {@code piece} says, and tells what is true then. */
  List<Fact> accept(Piece piece) {
    List<Fact> facts = write(piece);
    checkpoints.dealtWith(piece, facts, files).ifPresent(log::line);
    return facts;
  }

  /** To be called now and then, also while nothing comes. */
  void passTime() {
    checkpoints.due(files).ifPresent(log::line);
  }

  private List<Fact> write(Piece piece) {
    if (!(piece instanceof Piece.LeftOut || piece instanceof Piece.Aside)) {
      lines.endOfFiller().ifPresent(log::line);
    }
    List<Fact> facts = new ArrayList<>(2);
    switch (piece) {
      case Piece.Begin _ -> {
        partStart = files.file().marked();
        partEnd = OptionalLong.empty();
      }
      case Piece.Cut(var reason) -> cut(reason);
      case Piece.Length(long bytes) -> facts.add(expect(bytes));
      case Piece.Data(var bytes) -> {
        files.file().write(bytes);
        tries.grown(files.file().size()).ifPresent(log::line);
        if (files.bytes() >= reportAt) {
          reportAt = files.bytes() + REPORT_EVERY;
          facts.add(new Grown(files.bytes()));
        }
      }
      case Piece.Resumed(var cause) -> tries.broke(files.file().size(), cause).ifPresent(log::line);
      case Piece.Rollback(var cause) -> {
        long size = files.file().size();
        rollback();
        tries.voided(size, size - partStart, cause).ifPresent(log::line);
      }
      case Piece.End(var part) -> end(part, facts);
      case Piece.Lost(var part, var cause) -> {
        anyPart = true;
        rollback();
        tries.givenUp().ifPresent(log::line);
        log.line(lines.lost(part, cause));
        facts.add(new Lost(1, part.seconds(), cause));
      }
      case Piece.Missed(long segments, double seconds, var cause) -> {
        log.line(lines.missed(segments, seconds, cause));
        facts.add(new Lost(segments, seconds, cause));
      }
      case Piece.LeftOut(var part) -> {
        lines.leftOut(part).ifPresent(log::line);
        facts.add(new Fact.LeftOut());
      }
      case Piece.Subtitle subtitle -> subtitles.write(subtitle).ifPresent(log::line);
      case Piece.Note(var text) -> log.line(text);
      case Piece.Broken _, Piece.Encrypted _, Piece.Init _, Piece.Version _ -> {}
    }
    return facts;
  }

  /** A section that holds nothing yet is as good as the next one. */
  private void cut(String reason) {
    if (files.file().size() == 0) {
      return;
    }
    log.line(lines.ends(files.section(), files.file().size()));
    files.next();
    partStart = 0;
    opened = false;
    log.line(lines.begins(files.section(), files.file().path()) + ", " + reason);
  }

  private TotalKnown expect(long bytes) {
    if (!anyPart) {
      files.file().checkSpace(Math.max(0, partStart + bytes - files.file().size()));
    }
    partEnd = OptionalLong.of(partStart + bytes);
    return new TotalKnown(partStart + bytes);
  }

  private void rollback() {
    files.file().rollback();
    partEnd = OptionalLong.empty();
    reportAt = 0;
  }

  private void end(Part part, List<Fact> facts) {
    requireWhole(part);
    tries.done().ifPresent(log::line);
    anyPart = true;
    files.file().mark();
    lines.written(part);
    if (!opened) {
      opened = true;
      facts.add(section());
    }
    facts.add(new PartWritten(part, files.bytes()));
  }

  /** The last check before a part is called whole: nothing on its way may have lost a byte. */
  private void requireWhole(Part part) {
    long size = files.file().size();
    if (partEnd.isPresent() && partEnd.getAsLong() != size) {
      throw new StreamException(
          new StreamFailure.Failed(
              "%d bytes of %s are on disk where %d are due"
                  .formatted(
                      size - partStart, Urls.shown(part.url()), partEnd.getAsLong() - partStart)));
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
        files) {
      if (anyPart) {
        files.file().rollback();
      }
      tries.givenUp().ifPresent(log::line);
      lines.endOfFiller().ifPresent(log::line);
      log.line(lines.end(reason, files.bytes()));
      checkpoints.end(files);
      return new Grown(files.bytes());
    }
  }
}
