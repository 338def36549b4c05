package io.github.streamingserver.provider;

import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.provider.Catalogue.Entry;
import io.github.streamingserver.provider.Catalogue.FileMark;
import io.github.streamingserver.provider.plugin.PluginLoader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code providers/<Id>/}, of which only what has changed. What is wrong is told in the log,
 * once, when it is found. Blocks on the file system: for the blocking dispatcher, and for one
 * caller at a time.
 */
final class ProviderFolders implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderFolders.class);

  /** More of either is no folder of providers but a mistake, such as "/". */
  private static final int MOST = 1000;

  /** What is looked for. */
  enum Look {
    /** Folders that came or went: others may be half written at this moment. */
    NEW,
    /** Edits too. */
    WHOLE
  }

  private static final ProviderId DIRECT = new ProviderId("Direct");
  private static final Entry BUILT_IN =
      new Entry(
          List.of(),
          Optional.of(
              new Edition(
                  new ProviderManifest(
                      DIRECT,
                      JsonObject.of("title", "Direct")
                          .with("description", "Records any address that is media")
                          .with("kind", ProviderManifest.DIRECT)),
                  Path.of(""),
                  List.of())),
          "");

  private final ProviderSettings settings;
  private final JarCopies jars;

  ProviderFolders(ProviderSettings settings) {
    this.settings = settings;
    this.jars = new JarCopies(settings.maxJarSize());
  }

  /** What there is now, given what there was. */
  Catalogue read(Catalogue previous, Look look) {
    Map<ProviderId, Entry> entries = new LinkedHashMap<>();
    Set<String> refused = new HashSet<>();
    try {
      for (Path folder : list(settings.folder(), ProviderFolders::isProvider)) {
        read(folder, previous, look, entries, refused);
      }
    } catch (IOException e) {
      String problem = "can't be read: " + e;
      complain(settings.folder(), problem, previous.refused(), refused);
      entries.putAll(previous.entries());
    }
    previous.entries().keySet().stream()
        .filter(id -> !entries.containsKey(id) && !id.equals(DIRECT))
        .forEach(id -> LOG.info("Provider [{}] is removed", id));
    entries.putIfAbsent(DIRECT, BUILT_IN);
    return new Catalogue(entries, refused);
  }

  private void read(
      Path folder,
      Catalogue previous,
      Look look,
      Map<ProviderId, Entry> entries,
      Set<String> refused) {
    ProviderId id;
    try {
      id = new ProviderId(folder.getFileName().toString());
    } catch (IllegalArgumentException e) {
      complain(folder, "is left out: " + e.getMessage(), previous.refused(), refused);
      return;
    }
    Optional<Entry> before = previous.entry(id).filter(entry -> !entry.equals(BUILT_IN));
    Entry now;
    try {
      List<FileMark> marks = marks(folder);
      now =
          before
              .filter(entry -> look == Look.NEW || entry.marks().equals(marks))
              .orElseGet(() -> changed(id, folder, marks, before));
    } catch (IOException e) {
      now = broken(id, List.of(), before, folder + " can't be read: " + e);
    }
    entries.put(id, now);
  }

  private Entry changed(ProviderId id, Path folder, List<FileMark> marks, Optional<Entry> before) {
    try {
      ProviderManifest manifest =
          new ProviderManifest(
              id, ConfigFile.read(folder.resolve(ConfigFile.NAME), settings.maxConfigSize()));
      Edition edition;
      if (manifest.kind().equals(ProviderManifest.CLASS)) {
        edition = jars.edition(manifest, folder);
        PluginLoader.check(manifest, edition.jars());
      } else {
        edition = new Edition(manifest, folder, List.of());
      }
      if (before.isPresent()) {
        LOG.info("Provider [{}] has changed", id);
      }
      return new Entry(marks, Optional.of(edition), "");
    } catch (StreamException e) {
      return broken(id, marks, before, e.failure().message());
    } catch (IOException e) {
      return broken(id, marks, before, folder + " can't be read: " + e);
    }
  }

  private static Entry broken(
      ProviderId id, List<FileMark> marks, Optional<Entry> before, String problem) {
    Optional<Edition> last = before.flatMap(Entry::edition);
    boolean news = before.isEmpty() || !before.get().problem().equals(problem);
    if (news && !ProviderManifest.isTemplate(id)) {
      LOG.warn(
          "Provider [{}] {}: {}",
          id,
          last.isPresent() ? "stays as it was" : "is left out until it is mended",
          problem);
    }
    return new Entry(marks, last, problem);
  }

  private static void complain(Path path, String problem, Set<String> before, Set<String> now) {
    String complaint = "[%s] %s".formatted(path, problem);
    now.add(complaint);
    if (!before.contains(complaint)) {
      LOG.warn("Providers: {}", complaint);
    }
  }

  /** Of what lies in the folder itself; a project's sources below it are none of its business. */
  private static List<FileMark> marks(Path folder) throws IOException {
    List<FileMark> marks = new ArrayList<>();
    for (Path file : list(folder, Files::isRegularFile)) {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      marks.add(
          new FileMark(
              file.getFileName().toString(),
              attributes.size(),
              attributes.lastModifiedTime(),
              String.valueOf(attributes.fileKey())));
    }
    marks.sort(Comparator.comparing(FileMark::name));
    return marks;
  }

  /** Folders that may be providers. */
  static boolean isProvider(Path path) {
    return Files.isDirectory(path) && !path.getFileName().toString().startsWith(".");
  }

  /** What is in {@code folder}; nothing where it is not there. */
  static List<Path> list(Path folder, DirectoryStream.Filter<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, wanted)) {
      for (Path entry : entries) {
        if (found.size() == MOST) {
          throw new IOException(folder + " holds more than " + MOST + " entries");
        }
        found.add(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  @Override
  public void close() {
    jars.close();
  }
}
