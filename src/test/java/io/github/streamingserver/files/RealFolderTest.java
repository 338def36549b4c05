package io.github.streamingserver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFolderTest {
  @TempDir private Path temporary;
  private Path base;
  private Path movie;
  private Path victim;

  @BeforeEach
  void layOut() throws IOException {
    base = temporary.toRealPath();
    movie = Files.createDirectories(base.resolve("media/movie"));
    victim =
        Files.writeString(
            Files.createDirectories(base.resolve("etc")).resolve("file"), "as it was");
  }

  private static void write(FileChannel channel, String text) throws IOException {
    try (channel) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void swap(Path folder, Path target) throws IOException {
    Files.move(folder, folder.resolveSibling("moved-away"));
    Files.createSymbolicLink(folder, target);
  }

  @Test
  void holdsFoldersAsDeepAsTheyAre() throws IOException {
    for (Path real : new Path[] {Path.of("/"), base, movie}) {
      try (RealFolder folder = RealFolder.open(real)) {
        assertThat(folder.path()).isEqualTo(real);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"media/movie", "media", "."})
  void aLinkAnywhereInThePathIsNotFollowed(String swapped) throws IOException {
    Path folder = base.resolve(swapped).normalize();
    Path elsewhere = Files.createDirectories(base.resolveSibling(base.getFileName() + "-other"));
    Files.createDirectories(elsewhere.resolve("media/movie"));
    Files.createDirectories(elsewhere.resolve("movie"));
    swap(folder, elsewhere);
    try {
      assertThatIOException()
          .isThrownBy(() -> RealFolder.open(movie).close())
          .withMessageContaining("symbolic link");
      assertThatIOException().isThrownBy(() -> RealFolder.create(movie.resolve("new")).close());
      assertThat(elsewhere.resolve("media/movie/new")).doesNotExist();
      assertThat(elsewhere.resolve("movie/new")).doesNotExist();
      assertThat(elsewhere.resolve("new")).doesNotExist();
    } finally {
      Files.delete(folder);
      Files.move(folder.resolveSibling("moved-away"), folder);
    }
  }

  @Test
  void aFolderThatIsSwappedWhileItIsHeldKeepsItsFiles() throws IOException {
    try (RealFolder folder = RealFolder.open(movie)) {
      swap(movie, base.resolve("etc"));
      write(folder.create("file"), "mine");
      folder.rename("file", "other");
      write(folder.create("file"), "mine");
      folder.delete("file");
    }
    assertThat(victim).hasContent("as it was");
    assertThat(base.resolve("media/moved-away/other")).hasContent("mine");
  }

  @Test
  void whatWasPlantedIsReplacedNotWrittenThrough() throws Exception {
    Files.createSymbolicLink(movie.resolve("link"), victim);
    Files.createLink(movie.resolve("hard"), victim);
    assertThat(new ProcessBuilder("mkfifo", movie.resolve("pipe").toString()).start().waitFor())
        .isZero();
    try (RealFolder folder = RealFolder.open(movie)) {
      assertThat(folder.hasFile("link")).isFalse();
      assertThat(folder.hasFile("pipe")).isFalse();
      for (String name : new String[] {"link", "hard", "pipe"}) {
        write(folder.create(name), "mine");
      }
    }
    assertThat(victim).hasContent("as it was");
    for (String name : new String[] {"link", "hard", "pipe"}) {
      assertThat(movie.resolve(name)).hasContent("mine").isRegularFile();
      assertThat(Files.isSymbolicLink(movie.resolve(name))).isFalse();
    }
  }

  @Test
  void anExistingFileIsOpenedOnlyWhereItIsOne() throws Exception {
    Files.createSymbolicLink(movie.resolve("link"), victim);
    Files.writeString(movie.resolve("file"), "one ");
    assertThat(new ProcessBuilder("mkfifo", movie.resolve("pipe").toString()).start().waitFor())
        .isZero();
    try (RealFolder folder = RealFolder.open(movie)) {
      for (String name : new String[] {"link", "pipe"}) {
        assertThatIOException()
            .isThrownBy(() -> folder.open(name, StandardOpenOption.WRITE).close())
            .withMessageContaining("is no file");
      }
      write(folder.open("file", StandardOpenOption.APPEND), "two");
    }
    assertThat(movie.resolve("file")).hasContent("one two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc/x", "a/.."})
  void namesLeadNowhereElse(String name) throws IOException {
    try (RealFolder folder = RealFolder.open(movie)) {
      assertThatIOException()
          .isThrownBy(() -> folder.create(name).close())
          .withMessageContaining("is no name of a file");
      assertThatIOException().isThrownBy(() -> folder.delete(name));
    }
  }

  @Test
  void makesWhatIsMissingButNotOverAFile() throws IOException {
    try (RealFolder folder = RealFolder.create(movie.resolve("a/b"))) {
      write(folder.create("file"), "text");
    }
    assertThat(movie.resolve("a/b/file")).hasContent("text");
    assertThatIOException().isThrownBy(() -> RealFolder.create(movie.resolve("a/b/file")).close());
    assertThatIOException()
        .isThrownBy(() -> RealFolder.create(movie.resolve("a/b/file/c")).close());
    assertThatIOException().isThrownBy(() -> RealFolder.open(Path.of("movie")).close());
    assertThatIOException().isThrownBy(() -> RealFolder.open(movie.resolve("../movie")).close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"022", "027", "077", "000"})
  void theUmaskIsRespected(String umask) throws Exception {
    Process child =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "umask " + umask + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MakeFiles.class.getName(),
                movie.resolve("new").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    int mask = Integer.parseInt(umask, 8);
    assertThat(mode("new")).isEqualTo(0755 & ~mask);
    assertThat(mode("new/public")).isEqualTo(0644 & ~mask);
    assertThat(mode("new/private")).isEqualTo(0600 & ~mask);
  }

  private int mode(String file) throws IOException {
    String text = PosixFilePermissions.toString(Files.getPosixFilePermissions(movie.resolve(file)));
    return Integer.parseInt(text.replaceAll("[rwx]", "1").replace('-', '0'), 2);
  }

  /** Makes a folder and files in it, in a process of its own. */
  static final class MakeFiles {
    private MakeFiles() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
      try (RealFolder folder = RealFolder.create(Path.of(arguments[0]))) {
        folder.create("public").close();
        folder.createPrivate("private").close();
      }
    }
  }
}
