package io.github.streamingserver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path temporary;
  private Path folder;
  private Path victim;

  @BeforeEach
  void layOut() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("data"));
    victim = Files.createDirectory(temporary.toRealPath().resolve("etc")).resolve("file.json");
    Files.writeString(victim, "as it was");
  }

  private void assertNothingElseIsThere(Path place, int files) throws IOException {
    try (var there = Files.list(place)) {
      assertThat(there).hasSize(files);
    }
    assertThat(victim).hasContent("as it was");
  }

  @Test
  void aLinkIsReplaced() throws IOException {
    Path file = Files.createSymbolicLink(folder.resolve("file.json"), victim);
    AtomicFiles.replace(file, part -> AtomicFiles.write(part, TEXT));
    assertThat(file).hasContent("text");
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertNothingElseIsThere(folder, 1);
  }

  @Test
  void aPartThatBecomesALinkIsNotWrittenTo() throws IOException {
    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicFiles.replace(
                    folder.resolve("file.json"),
                    part -> {
                      Files.delete(part);
                      Files.createSymbolicLink(part, victim);
                      AtomicFiles.write(part, TEXT);
                    }));
    assertNothingElseIsThere(folder, 0);
  }

  @Test
  void aFolderThatBecomesALinkIsNotWrittenTo() throws IOException {
    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicFiles.replace(
                    folder.resolve("file.json"),
                    part -> {
                      AtomicFiles.write(part, TEXT);
                      Files.move(folder, folder.resolveSibling("moved"));
                      Files.createSymbolicLink(folder, victim.resolveSibling(""));
                    }))
        .withMessageContaining("symbolic link");
    assertNothingElseIsThere(temporary.resolve("etc"), 1);
    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicFiles.replace(
                    folder.resolve("file.json"), part -> AtomicFiles.write(part, TEXT)));
    assertNothingElseIsThere(temporary.resolve("etc"), 1);
  }
}
