package io.github.streamingserver.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Files that are there whole or not at all, also after a power cut. Their folders are real paths;
 * what others plant there, or make of a folder, is never written through. Blocks on the file
 * system.
 */
public final class AtomicFiles {
  private static final String PART = ".part";
  private static final int RANDOM_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AtomicFiles() {}

  /** Writes a file, by way of {@link #output}. */
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

  /**
   * What is to be in a part from its beginning on.
   *
   * @throws IOException where it is a link by now
   */
  public static OutputStream output(Path part) throws IOException {
    return Files.newOutputStream(
        part,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** Has {@code content} be all of a part. */
  public static void write(Path part, byte[] content) throws IOException {
    try (OutputStream out = output(part)) {
      out.write(content);
    }
  }

  /** A new file beside {@code file}, for its owner alone: addresses in it may hold passwords. */
  public static Path part(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    String name = "." + file.getFileName() + "." + HexFormat.of().formatHex(random) + PART;
    try (RealFolder folder = RealFolder.create(folder(file))) {
      folder.createPrivate(name).close();
      return folder.path().resolve(name);
    }
  }

  /** Has {@code part} be {@code file} from now on. */
  public static void replace(Path part, Path file) throws IOException {
    String name = String.valueOf(part.getFileName());
    try (RealFolder folder = RealFolder.open(folder(file))) {
      try (FileChannel channel = folder.open(name, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      folder.rename(name, String.valueOf(file.getFileName()));
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
  }
}
