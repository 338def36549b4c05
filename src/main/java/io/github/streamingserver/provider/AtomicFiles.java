package io.github.streamingserver.provider;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a power cut. Blocks on the file system. */
public final class AtomicFiles {
  private static final String PART = ".part";

  private AtomicFiles() {}

  /** Writes a file. */
  @FunctionalInterface
  public interface Writer {
    void write(Path part) throws IOException;
  }

  /** Has {@code file} hold what {@code writer} writes; as it was, where that fails. */
  public static void replace(Path file, Writer writer) throws IOException {
    Path part = part(file);
    try {
      writer.write(part);
      replace(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A new file beside {@code file}, for its owner alone: addresses in it may hold passwords. */
  static Path part(Path file) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.createTempFile(folder, "." + file.getFileName(), PART);
  }

  /** Has {@code part} be {@code file} from now on. */
  static void replace(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
