package io.github.streamingserver.recorder.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings that run, one small file each in the state folder, so that another run of the
 * server can go on with them. The files are there whole or not at all, also after a power cut, and
 * for their owner alone: what a client sent to be let in by a site is in them. Blocks on the disk;
 * thread-safe.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final String EXTENSION = ".json";
  private static final String UNFINISHED = EXTENSION + ".*.part";
  private static final String UNREADABLE = ".unreadable";
  private static final String OWNER_ONLY = "rwx------";

  private final Path folder;

  /** Of the recordings that run, by their names. */
  private final Map<String, JournalPage> pages = new ConcurrentHashMap<>();

  private Journal(Path folder) {
    this.folder = folder;
  }

  /**
   * The journal in this state folder, which is made where it is missing.
   *
   * @throws IOException where it can't be
   */
  public static Journal open(Path state) throws IOException {
    Path folder = state.resolve("journal");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(state);
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
    return new Journal(folder);
  }

  /**
   * What was being recorded when the last run ended; of one slot the latest only. What can't be
   * read is put aside and logged.
   *
   * @throws IOException where the folder can't be read
   */
  public List<JournalEntry> entries() throws IOException {
    List<JournalEntry> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
      for (Path file : files) {
        readable(file).ifPresent(all::add);
      }
    }
    removeUnfinished();
    all.sort(Comparator.comparing(JournalEntry::began).reversed());
    Set<Object> slots = new HashSet<>();
    List<JournalEntry> latest = new ArrayList<>();
    for (JournalEntry entry : all) {
      if (slots.add(entry.request().id())) {
        latest.add(entry);
      } else {
        forget(entry.name());
      }
    }
    return latest.reversed();
  }

  /** One file must not keep the server from its other recordings. */
  private Optional<JournalEntry> readable(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      LOG.error("[{}] can't be gone on with", file, e);
      return Optional.empty();
    }
  }

  /** What was being written when the last run ended. */
  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * The entry of this name, also where it could be kept in memory only; empty where there is none,
   * or none that can be read.
   */
  public Optional<JournalEntry> find(String name) throws IOException {
    Optional<byte[]> unsaved = Optional.ofNullable(pages.get(name)).flatMap(JournalPage::unsaved);
    if (unsaved.isPresent()) {
      return unsaved.map(Journal::entry);
    }
    Path file = file(name);
    return Files.exists(file) ? read(file) : Optional.empty();
  }

  private Optional<JournalEntry> read(Path file) throws IOException {
    try {
      return Optional.of(entry(Files.readAllBytes(file)));
    } catch (IllegalArgumentException e) {
      Path aside = file.resolveSibling(file.getFileName() + UNREADABLE);
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.error("[{}] can't be gone on with: {}; it is kept as [{}]", file, e.getMessage(), aside);
      return Optional.empty();
    }
  }

  private static JournalEntry entry(byte[] content) {
    return EntryFields.read(EntryJson.parse(content));
  }

  /** Where the recording of this name keeps its entry. Doesn't block. */
  public JournalPage page(String name) {
    return pages.computeIfAbsent(name, it -> new JournalPage(file(it)));
  }

  /** The recording of this name is over. */
  public void forget(String name) throws IOException {
    JournalPage page = page(name);
    pages.remove(name);
    page.tearOut();
  }

  private Path file(String name) {
    return folder.resolve(name + EXTENSION);
  }
}
