package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file in the journal is an entry, that is kept as it is, or is put aside. */
public final class JournalFuzz implements FuzzTarget {
  private final Path state;
  private final Journal journal;
  private final Path file;

  /** Makes a state folder. */
  public JournalFuzz() {
    try {
      state = Files.createTempDirectory("state");
      journal = Journal.open(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file = state.resolve("journal").resolve("x.json");
  }

  @Override
  public void read(byte[] input) throws IOException {
    Files.write(file, input);
    List<JournalEntry> entries = journal.entries();
    Path aside = file.resolveSibling("x.json.unreadable");
    FuzzTarget.promise(entries.size() == 1 || Files.deleteIfExists(aside), "lost without a word");
    for (JournalEntry entry : entries) {
      byte[] written = EntryJson.write(EntryFields.of(entry));
      FuzzTarget.promise(written.length <= 20 * input.length + 2000, "grew beyond bounds");
      JournalEntry again = EntryFields.read(EntryJson.parse(written));
      FuzzTarget.promise(
          EntryFields.of(again).equals(EntryFields.of(entry)), "another entry when read back");
      FuzzTarget.promise(!entry.name().contains("/"), "a name that is a path");
      FuzzTarget.promise(entry.resumed().nextSection() >= 0, "a section before the first");
    }
    Files.deleteIfExists(file);
  }
}
