package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** How much of a disk recordings leave free. Blocks on the disk; safe for use from any thread. */
final class FreeSpace {
  /** How many bytes may still be written. */
  @FunctionalInterface
  interface Gauge {
    long usable(Path folder) throws IOException;
  }

  /** What may be done before a recording ends for want of space. */
  @FunctionalInterface
  interface Remedy {
    /** Whether {@code shortage} bytes were made free on the disk of {@code folder}. */
    boolean free(Path folder, long shortage) throws IOException;
  }

  /** A file store reads the table of mounts: asked only where it has an error to tell. */
  private static final Gauge DISK =
      folder -> {
        long usable = folder.toFile().getUsableSpace();
        return usable > 0 ? usable : Files.getFileStore(folder).getUsableSpace();
      };

  private final long leastFree;
  private final Gauge gauge;
  private final Remedy remedy;

  FreeSpace(long leastFree, Gauge gauge, Remedy remedy) {
    this.leastFree = leastFree;
    this.gauge = gauge;
    this.remedy = remedy;
  }

  /** Leaves {@code bytes} free. */
  static FreeSpace keeping(long bytes) {
    return new FreeSpace(bytes, DISK, (_, _) -> false);
  }

  /** What the owner wants. */
  static FreeSpace of(RecordingSettings settings, InstantSource clock) {
    return settings.retention().enabled()
        ? new FreeSpace(
            settings.minFreeSpace(),
            DISK,
            new Retention(settings.retention(), settings.allowedRoots(), clock)::free)
        : keeping(settings.minFreeSpace());
  }

  /** Whether less is free than the owner wants. */
  boolean isShort(Path folder) throws IOException {
    return gauge.usable(folder) < leastFree;
  }

  /**
   * Refuses where {@code expected} more bytes would leave less free than the owner wants, and
   * nothing helps.
   *
   * @throws StreamException that says {@code DiskFull}
   */
  void require(Path folder, long expected) throws IOException {
    long shortage = leastFree - (gauge.usable(folder) - expected);
    if (shortage > 0 && !remedy.free(folder, shortage)) {
      throw new StreamException(
          new StreamFailure.DiskFull(
              "Less than recording.min-free-space (%d MiB) would be free in %s"
                  .formatted(leastFree >> 20, folder)));
    }
  }
}
