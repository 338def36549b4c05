package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Keeps what was made, for all tests of a build and its later runs. Safe for several processes at
 * once: each works in a folder of its own, the first to end wins.
 */
final class MediaStore {
  static final Path ROOT = Path.of("target", "test-media", version()).toAbsolutePath();

  /** Fills an empty folder. */
  interface Maker {
    void make(Path folder) throws IOException;
  }

  private MediaStore() {}

  /** Another one where the code that makes the media is another. */
  private static String version() {
    CRC32 code = new CRC32();
    for (Class<?> maker :
        List.of(Media.class, EditedMedia.class, Encoder.class, ListedSegment.class)) {
      try (InputStream bytes = maker.getResourceAsStream(maker.getSimpleName() + ".class")) {
        code.update(Objects.requireNonNull(bytes).readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Long.toHexString(code.getValue());
  }

  static synchronized Path folder(String name, Maker maker) {
    Path folder = ROOT.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(ROOT);
      Path fresh = Files.createTempDirectory(ROOT, "fresh-");
      try {
        maker.make(fresh);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        // Where another process was faster, its media are as good.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      } finally {
        delete(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** {@code parts} one after another. */
  static Path joined(Path file, List<Path> parts) {
    if (Files.exists(file)) {
      return file;
    }
    try {
      Path fresh = Files.createTempFile(ROOT, "joined-", ".tmp");
      try (OutputStream out = Files.newOutputStream(fresh)) {
        for (Path part : parts) {
          Files.copy(part, out);
        }
      }
      return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it, where there is one. */
  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
