package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.testkit.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Writers of sections, as a recording of MPEG-TS has them. */
final class Writers {
  private static final URI URL = URI.create("http://host/film");

  private Writers() {}

  /** One that begins in {@code folder}, with its journal in {@code state}. */
  static SectionWriter begin(Path folder, Path state, FreeSpace space, Clock clock) {
    MediaSource source = HlsRun.source(RecorderId.HLS_BASIC, "720p");
    return begin(entry(source, "ts", folder, clock), state, space, clock);
  }

  /** The same of a single file. */
  static SectionWriter beginFile(Path folder, Path state, FreeSpace space, Clock clock) {
    MediaSource source = new MediaSource.Progressive(URL, "mp4", "");
    return begin(entry(source, "mp4", folder, clock), state, space, clock);
  }

  private static SectionWriter begin(JournalEntry entry, Path state, FreeSpace space, Clock clock) {
    try {
      Checkpoints checkpoints =
          new Checkpoints(
              Journal.open(state).page(entry.name()),
              entry,
              entry.file(),
              Duration.ofSeconds(1),
              clock);
      return SectionWriter.begin(entry, checkpoints, space, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JournalEntry entry(MediaSource source, String extension, Path folder, Clock clock) {
    RecordingRequest request = Asked.of(URL, folder.toAbsolutePath()).request();
    return new RecordingTask(
            request, HlsRun.media(source), folder, clock.instant(), Optional.empty())
        .entry(extension);
  }
}
