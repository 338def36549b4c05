package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording that can begin, or be gone on with.
 *
 * @param folder the request's, with links resolved and found to be allowed
 * @param began when it began first
 * @param earlier what the journal knows of its last run
 */
public record RecordingTask(
    RecordingRequest request,
    ResolvedMedia media,
    Path folder,
    Instant began,
    Optional<JournalEntry> earlier) {
  /** How long it is to last from {@code now} on, where the client says. */
  Optional<Duration> timeAllowed(Instant now) {
    Optional<Duration> toEnd = request.until().map(until -> Duration.between(now, until));
    Optional<Duration> asked = request.duration();
    if (toEnd.isPresent() && asked.isPresent()) {
      return toEnd.get().compareTo(asked.get()) < 0 ? toEnd : asked;
    }
    return toEnd.or(() -> asked);
  }

  /** The recording as events name it. */
  public Recording recording() {
    return new Recording(request.id(), media.source().recorder(), request.url(), request.folder());
  }

  /** Whether what is there now can be gone on with, where an earlier run left anything. */
  boolean goesOn() {
    boolean single = media.source().recorder() == RecorderId.MP4;
    return left().map(entry -> entry.isSingleFile() == single).orElse(true);
  }

  /** What an earlier run left on the disk, where it left anything. */
  Optional<JournalEntry> left() {
    return earlier.filter(entry -> entry.totals().bytes() > 0);
  }

  /**
   * What an earlier run has followed of a stream that goes on without us, whether or not anything
   * of it is on disk; also of a finished one where anything is.
   */
  Optional<JournalEntry> followed() {
    return earlier
        .filter(entry -> entry.totals().bytes() > 0 || entry.isChannel())
        .filter(entry -> entry.point().isPresent());
  }

  /** What was got and lost before this run. */
  Totals before() {
    return left()
        .or(this::followed)
        .map(JournalEntry::totals)
        .map(Totals::begun)
        .orElse(Totals.NONE);
  }

  /** The first section that is written now. */
  int firstSection() {
    return left().map(JournalEntry::nextSection).orElse(0);
  }

  /** The files that are written now. */
  JournalEntry.Files files(String extension) {
    String quality = media.source() instanceof MediaSource.Hls hls ? hls.chosen().quality() : "";
    return new JournalEntry.Files(media.source().recorder(), quality, extension, firstSection(), 0);
  }

  /** What the journal is to know as this run begins. */
  JournalEntry entry(String extension) {
    int resumes = earlier.map(entry -> entry.resumes() + 1).orElse(0);
    return left()
        .map(JournalEntry::resumed)
        .orElseGet(
            () ->
                new JournalEntry(
                    timeAllowed(began).map(began::plus).map(request::ending).orElse(request),
                    began,
                    began,
                    folder,
                    files(extension),
                    before(),
                    followed().flatMap(JournalEntry::point),
                    Optional.empty(),
                    resumes));
  }
}
