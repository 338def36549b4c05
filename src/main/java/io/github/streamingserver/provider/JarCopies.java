package io.github.streamingserver.provider;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jars are used as copies: a build may write over the original while requests are answered from its
 * classes, and the last version that could be used stays until a better one is there.
 */
final class JarCopies implements Closeable {
  private static final String JAR = ".jar";
  private static final Cleaner CLEANER = Cleaner.create();

  private final long mostBytes;
  private Optional<Path> root = Optional.empty();

  /**
   * @param mostBytes of all jars of one provider
   */
  JarCopies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Copies the jars in {@code folder}; the copies go when the edition that names them does.
   *
   * @throws StreamException where they are too large
   */
  Edition edition(ProviderManifest manifest, Path folder) throws IOException {
    List<Path> originals = jars(folder);
    if (originals.isEmpty()) {
      return new Edition(manifest, folder, List.of());
    }
    long bytes = 0;
    for (Path jar : originals) {
      bytes += Files.size(jar);
    }
    if (bytes > mostBytes) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Jars of provider '%s' are larger than providers.max-jar-size"
                  .formatted(manifest.id())));
    }
    Path copies = Files.createTempDirectory(root(), manifest.id() + "-");
    List<Path> copied = new ArrayList<>();
    for (Path jar : originals) {
      copied.add(Files.copy(jar, copies.resolve(jar.getFileName().toString())));
    }
    Edition edition = new Edition(manifest, folder, copied);
    CLEANER.register(edition, () -> delete(copies));
    return edition;
  }

  private Path root() throws IOException {
    if (root.isEmpty()) {
      root = Optional.of(Files.createTempDirectory("streamingserver-jars-"));
    }
    return root.get();
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(JAR) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Temporary files that another has taken away or holds.
    }
  }

  @Override
  public void close() {
    root.ifPresent(JarCopies::delete);
    root = Optional.empty();
  }
}
