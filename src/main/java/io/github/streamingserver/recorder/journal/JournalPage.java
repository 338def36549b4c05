package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.files.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A recording's own page of the journal, with its entry as it is now. Once it is torn out it takes
 * no more: what a recorder still writes that hung in its disk while its recording was ended must
 * not be gone on with by another run of the server. Blocks on the disk; thread-safe.
 */
public final class JournalPage {
  private final Path file;
  // Both guarded by this.
  private boolean tornOut;
  private Optional<byte[]> unsaved = Optional.empty();

  JournalPage(Path file) {
    this.file = file;
  }

  /**
   * Keeps {@code entry}, which is on the disk for good when this returns; does nothing once the
   * recording is forgotten.
   *
   * @throws IOException where it can be kept in memory only
   */
  public synchronized void save(JournalEntry entry) throws IOException {
    if (tornOut) {
      return;
    }
    byte[] content = EntryJson.write(EntryFields.of(entry));
    unsaved = Optional.of(content);
    AtomicFiles.replace(file, part -> Files.write(part, content));
    syncFolder();
    unsaved = Optional.empty();
  }

  /** What is newer than the file, where that could not be written. */
  synchronized Optional<byte[]> unsaved() {
    return unsaved;
  }

  /** Removes the file, for good when this returns, whatever is still to be saved. */
  synchronized void tearOut() throws IOException {
    tornOut = true;
    if (Files.deleteIfExists(file)) {
      syncFolder();
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(Objects.requireNonNull(file.getParent()))) {
      folder.force(true);
    }
  }
}
