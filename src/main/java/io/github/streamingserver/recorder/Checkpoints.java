package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Place;
import io.github.streamingserver.hls.ResumePoint;
import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.recorder.journal.JournalPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the journal true about one recording: what is on disk for good, and how far the stream was
 * followed. A part is told of at once where the last was long enough ago, else when that is due; so
 * a live channel's segments are known as soon as they are whole. Blocks on the disk: for the
 * blocking dispatcher, one thread at a time.
 *
 * <p>What was lost is part of an entry only together with the part behind it: another run that goes
 * on before that part finds the same gap again, and counts it once.
 */
final class Checkpoints {
  private final JournalPage page;
  private final Duration interval;
  private final InstantSource clock;
  private final JournalEntry.Files files;
  private JournalEntry entry;
  private Totals totals;
  private Instant saved = Instant.MIN;
  private boolean dirty;
  private boolean failing;
  private int resumes;

  /**
   * @param entry as an earlier run left it, or of a recording that begins
   * @param files that are written now
   * @param interval how often it is written at most
   */
  Checkpoints(
      JournalPage page,
      JournalEntry entry,
      JournalEntry.Files files,
      Duration interval,
      InstantSource clock) {
    this.page = page;
    this.interval = interval;
    this.clock = clock;
    this.entry = entry;
    this.files = files;
    this.totals = entry.totals();
    this.resumes = entry.resumes();
  }

  /**
   * A piece has been dealt with, and led to {@code facts}.
   *
   * @return what is wrong with the journal, where anything is for the first time
   */
  Optional<String> dealtWith(Piece piece, List<Fact> facts, SectionFiles disk) {
    fold(facts);
    switch (piece) {
      case Piece.Version(var version) -> {
        entry =
            with(entry.saved(), entry.file(), entry.totals(), entry.point(), Optional.of(version));
        dirty = true;
      }
      case Piece.End(var part) -> {
        passed(part, disk);
        resumes = 0;
      }
      case Piece.Lost(var part, _) -> passed(part, disk);
      case Piece.LeftOut(var part) -> passed(part, disk);
      case Piece.Cut _ -> begunAnew(disk);
      case Piece.Data _, Piece.Rollback _ -> grown(disk);
      case Piece.Begin(var part) -> part.place().ifPresent(this::entered);
      case Piece.Encrypted _,
          Piece.Init _,
          Piece.Length _,
          Piece.Resumed _,
          Piece.Missed _,
          Piece.Aside _,
          Piece.Broken _ -> {}
    }
    return due(disk);
  }

  /** What a channel's window holds from here on is asked for, and lost where it isn't got. */
  private void entered(Place place) {
    if (entry.point().isEmpty() && files.recorder() == RecorderId.HLS_LIVE) {
      entry =
          with(
              clock.instant(),
              entry.file(),
              entry.totals(),
              Optional.of(ResumePoint.before(place)),
              entry.version());
      saved = Instant.MIN;
      dirty = true;
    }
  }

  private void passed(Part part, SectionFiles disk) {
    if (entry.file().bytes() == 0) {
      // Where nothing of a file is known, it is begun anew.
      saved = Instant.MIN;
    }
    Optional<ResumePoint> point =
        part.place().map(place -> ResumePoint.behind(entry.point(), place)).or(entry::point);
    passed(disk, point);
    dirty = true;
  }

  /** Bytes of a part that was lost later may have been counted: they are not there any more. */
  private void passed(SectionFiles disk, Optional<ResumePoint> point) {
    boolean single = entry.isSingleFile();
    long whole = single ? disk.file().size() : disk.file().marked();
    long all = disk.bytes() - disk.file().size() + whole;
    totals = Ledger.add(totals, new Fact.Grown(all), !single);
    entry = with(clock.instant(), files.at(disk.section(), whole), totals, point, entry.version());
  }

  private void begunAnew(SectionFiles disk) {
    entry =
        with(
            entry.saved(),
            files.at(disk.section(), 0),
            entry.totals(),
            entry.point(),
            entry.version());
    saved = Instant.MIN;
    dirty = true;
  }

  /** Of a single file all that is there can be gone on from. */
  private void grown(SectionFiles disk) {
    if (entry.isSingleFile()) {
      dirty = true;
      long size = disk.file().size();
      resumes = size > entry.file().bytes() ? 0 : resumes;
    }
  }

  /**
   * Writes what is new, where it is time to.
   *
   * @return what is wrong with the journal, where anything is for the first time
   */
  Optional<String> due(SectionFiles disk) {
    Instant now = clock.instant();
    boolean recent = !now.isBefore(saved) && now.isBefore(saved.plus(interval));
    if (!dirty || recent) {
      return Optional.empty();
    }
    if (entry.isSingleFile()) {
      passed(disk, entry.point());
    }
    disk.file().sync();
    return save(now);
  }

  /** Writes what is new, since nothing follows in this run. */
  void end(SectionFiles disk) {
    saved = Instant.MIN;
    var _ = due(disk);
  }

  /**
   * Writes the entry as the recording begins, or is gone on with, which led to {@code facts}.
   *
   * @return what is wrong with the journal, where anything is
   */
  Optional<String> begin(List<Fact> facts) {
    fold(facts);
    entry = entry.with(totals);
    return save(clock.instant());
  }

  private void fold(List<Fact> facts) {
    for (Fact fact : facts) {
      totals = Ledger.add(totals, fact, !entry.isSingleFile());
    }
  }

  private Optional<String> save(Instant now) {
    dirty = false;
    saved = now;
    entry =
        new JournalEntry(
            entry.request(),
            entry.began(),
            entry.saved(),
            entry.folder(),
            entry.file(),
            entry.totals(),
            entry.point(),
            entry.version(),
            resumes);
    try {
      page.save(entry);
      failing = false;
      return Optional.empty();
    } catch (IOException e) {
      boolean first = !failing;
      failing = true;
      return first
          ? Optional.of(
              "the journal can't be written, this recording would not survive a crash: " + e)
          : Optional.empty();
    }
  }

  private JournalEntry with(
      Instant known,
      JournalEntry.Files file,
      Totals total,
      Optional<ResumePoint> point,
      Optional<FileVersion> version) {
    return new JournalEntry(
        entry.request(),
        entry.began(),
        known,
        entry.folder(),
        file,
        total,
        point,
        version,
        resumes);
  }
}
