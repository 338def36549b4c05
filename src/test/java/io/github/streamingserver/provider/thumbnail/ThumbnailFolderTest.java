package io.github.streamingserver.provider.thumbnail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailFolderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static URI url(int number) {
    return URI.create("http://host/" + number + "?../../etc/passwd");
  }

  private Path keep(int number, int size, int mostFiles, long mostBytes) throws Exception {
    Path file =
        new ThumbnailFolder(folder.resolve("t"))
            .keep(url(number), "jpg", new byte[size], mostFiles, mostBytes);
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(number)));
    return file;
  }

  private boolean has(int number) throws Exception {
    return new ThumbnailFolder(folder.resolve("t")).find(url(number), NOW).isPresent();
  }

  @Test
  void whatWasWantedLeastRecentlyMakesRoomForMoreFiles() throws Exception {
    Path first = keep(1, 10, 3, 1000);
    assertThat(first.getParent()).isEqualTo(folder.resolve("t"));
    assertThat(first).hasSize(10);
    keep(2, 10, 3, 1000);
    keep(3, 10, 3, 1000);
    assertThat(new ThumbnailFolder(folder.resolve("t")).find(url(1), NOW.plusSeconds(9)))
        .contains(first);
    keep(4, 10, 3, 1000);
    assertThat(has(2)).isFalse();
    assertThat(has(1) && has(3) && has(4)).isTrue();
  }

  @Test
  void andForMoreBytesButNothingOfOthers() throws Exception {
    Path other =
        Files.writeString(Files.createDirectories(folder.resolve("t")).resolve("own"), "x");
    keep(1, 400, 100, 1000);
    keep(2, 400, 100, 1000);
    keep(3, 700, 100, 1000);
    assertThat(has(1) || has(2)).isFalse();
    assertThat(has(3)).isTrue();
    assertThat(other).exists();
    try (var files = Files.list(folder.resolve("t"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void nothingIsWrittenThroughLinks() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "as it was");
    String name = String.valueOf(keep(1, 10, 3, 1000).getFileName()).replace(".jpg", "");
    for (String planted : new String[] {name + ".jpg", name + ".part"}) {
      Files.deleteIfExists(folder.resolve("t").resolve(planted));
      Files.createSymbolicLink(folder.resolve("t").resolve(planted), victim);
    }
    assertThat(has(1)).isFalse();
    assertThat(keep(1, 10, 3, 1000)).hasSize(10).isRegularFile();
    Files.move(folder.resolve("t"), folder.resolve("moved"));
    Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("t"), folder.resolve("elsewhere"));
    assertThatIOException().isThrownBy(() -> keep(2, 10, 3, 1000));
    assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
    assertThat(victim).hasContent("as it was");
  }

  @ParameterizedTest
  @CsvSource({
    "'\u00ff\u00d8\u00ff\u00e0', jpg",
    "GIF89a.., gif",
    "RIFF....WEBPVP8, webp",
    "BM...., bmp"
  })
  void picturesAreKnownByHowTheyBegin(String begin, String extension) {
    assertThat(ImageKind.extension(begin.getBytes(ISO_8859_1))).contains(extension);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B", "<!DOCTYPE html>", "<svg", "RIFF....WAVE", "#EXTM3U"})
  void allElseIsNone(String begin) {
    assertThat(ImageKind.extension(begin.getBytes(ISO_8859_1))).isEmpty();
  }
}
