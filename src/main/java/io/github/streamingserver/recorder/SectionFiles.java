package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.journal.JournalEntry;
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

  private SectionFiles(
      Path folder, String extension, FreeSpace space, RecordingFile file, int section) {
    this.folder = folder;
    this.extension = extension;
    this.space = space;
    this.file = file;
    this.section = section;
  }

  /** Makes the folder ready and begins the first section. */
  static SectionFiles begin(Path folder, String extension, FreeSpace space) {
    RecordingFile.prepare(folder);
    RecordingFile file = RecordingFile.open(folder, 0, extension, space);
    return new SectionFiles(folder, extension, space, file, 0);
  }

  /**
   * Goes on with what an earlier run left: in a single file where it broke off, else in the next
   * section, since nobody knows any more how the stream's clock went on in the last one.
   */
  static SectionFiles resume(JournalEntry entry, String extension, FreeSpace space) {
    Path folder = entry.folder();
    JournalEntry.Files left = entry.file();
    if (entry.isSingleFile()) {
      RecordingFile file =
          RecordingFile.resume(folder, left.section(), left.extension(), left.bytes(), space);
      return new SectionFiles(folder, left.extension(), space, file, left.section());
    }
    if (left.bytes() > 0) {
      RecordingFile.resume(folder, left.section(), left.extension(), left.bytes(), space).close();
    }
    int section = entry.nextSection();
    RecordingFile file = RecordingFile.open(folder, section, extension, space);
    SectionFiles files = new SectionFiles(folder, extension, space, file, section);
    files.before = entry.totals().bytes();
    return files;
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
