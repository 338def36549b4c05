package io.github.streamingserver.recorder;

import java.nio.file.Path;

/**
 * The files of a recording, one a section, one of them open. Blocks on the disk: for the blocking
 * dispatcher, one thread at a time. Failures are those of {@link RecordingFile}.
 */
final class SectionFiles implements AutoCloseable {
  private final Path folder;
  private final String extension;
  private final FreeSpace space;
  private RecordingFile file;
  private int section;
  private long before;

  /** Makes the folder ready and begins the first section. */
  SectionFiles(Path folder, String extension, FreeSpace space) {
    RecordingFile.prepare(folder);
    this.folder = folder;
    this.extension = extension;
    this.space = space;
    this.file = RecordingFile.open(folder, 0, extension, space);
  }

  /** The number of the section that is open, from 0. */
  int section() {
    return section;
  }

  /** The open file. */
  RecordingFile file() {
    return file;
  }

  /** Bytes in all files. */
  long bytes() {
    return before + file.size();
  }

  /** Ends the open section, on the disk for good, and begins the next. */
  void next() {
    file.close();
    before += file.size();
    section++;
    file = RecordingFile.open(folder, section, extension, space);
  }

  /** Brings all to the disk. A later section without a byte leaves no file. */
  @Override
  public void close() {
    file.close();
    if (section > 0 && file.size() == 0) {
      file.delete();
    }
  }
}
