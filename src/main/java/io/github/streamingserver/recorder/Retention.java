package io.github.streamingserver.recorder;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.config.RetentionSettings;
import io.github.streamingserver.files.RealFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for a recording: of the finished recordings beside it, the oldest are removed. Only
 * what {@link FinishedRecording} knows as ours, in folders that lie with the recording's own in one
 * folder under an allowed root and on one disk. Blocks on the disk; one thread at a time.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /**
   * File systems that are slow to count what was removed as free must not cost more recordings;
   * what min-free-space keeps lasts longer than they take.
   */
  private static final Duration SLOW_TO_COUNT = Duration.ofMinutes(1);

  private final RetentionSettings settings;
  private final AllowedRoots roots;
  private final InstantSource clock;
  private Instant freed = Instant.MIN;
  private long freedBytes;

  Retention(RetentionSettings settings, AllowedRoots roots, InstantSource clock) {
    this.settings = settings;
    this.roots = roots;
    this.clock = clock;
  }

  /** Whether {@code shortage} bytes were made free beside {@code folder}, or just before. */
  boolean free(Path folder, long shortage) throws IOException {
    Instant now = clock.instant();
    boolean justNow = !freed.isAfter(now) && freed.isAfter(now.minus(SLOW_TO_COUNT));
    if (justNow && shortage <= freedBytes) {
      return true;
    }
    List<FinishedRecording> chosen = choose(beside(folder), shortage, now.minus(settings.minAge()));
    long bytes = 0;
    for (FinishedRecording recording : chosen) {
      long removed = FoldersInUse.ALL.unlessUsed(recording.folder(), recording::remove);
      if (removed > 0) {
        LOG.info(
            "Recording in [{}], ended [{}], is removed for want of space: [{}] bytes",
            recording.folder(),
            recording.ended(),
            removed);
      }
      bytes += removed;
    }
    if (chosen.isEmpty() || bytes < shortage) {
      return false;
    }
    freed = now;
    freedBytes = bytes;
    return true;
  }

  /**
   * The oldest that together have {@code shortage} bytes; none where all have less: nothing is
   * removed in vain.
   *
   * @param latest what ended later is kept
   */
  static List<FinishedRecording> choose(
      List<FinishedRecording> all, long shortage, Instant latest) {
    List<FinishedRecording> chosen = new ArrayList<>();
    long bytes = 0;
    List<FinishedRecording> oldestFirst =
        all.stream()
            .filter(recording -> !recording.ended().isAfter(latest))
            .sorted(
                Comparator.comparing(FinishedRecording::ended)
                    .thenComparing(FinishedRecording::folder))
            .toList();
    for (FinishedRecording recording : oldestFirst) {
      if (bytes >= shortage) {
        break;
      }
      chosen.add(recording);
      bytes += recording.bytes();
    }
    return bytes >= shortage ? chosen : List.of();
  }

  private List<FinishedRecording> beside(Path folder) throws IOException {
    List<FinishedRecording> found = new ArrayList<>();
    Path parent = folder.getParent();
    if (parent == null || !isAllowed(parent)) {
      return found;
    }
    try (RealFolder held = RealFolder.open(parent)) {
      for (String name : held.names()) {
        Path sibling = parent.resolve(name);
        if (!sibling.equals(folder)
            && held.attributes(name).isDirectory()
            && Files.getFileStore(sibling).equals(Files.getFileStore(folder))) {
          FinishedRecording.in(sibling).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private boolean isAllowed(Path folder) {
    try {
      return roots.resolve(folder).equals(folder);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
