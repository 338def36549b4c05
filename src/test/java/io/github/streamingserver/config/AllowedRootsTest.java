package io.github.streamingserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedRootsTest {
  @TempDir private Path temporary;
  private Path base;
  private AllowedRoots roots;

  @BeforeEach
  void layOutFolders() throws IOException {
    base = temporary.toRealPath();
    Files.createDirectories(base.resolve("movie/sub"));
    Files.createDirectories(base.resolve("other"));
    Files.createDirectories(base.resolve("movie2"));
    Files.createSymbolicLink(base.resolve("movie/inside"), base.resolve("movie/sub"));
    Files.createSymbolicLink(base.resolve("movie/outside"), base.resolve("other"));
    Files.createSymbolicLink(base.resolve("movie/relative"), Path.of("../other"));
    Files.createSymbolicLink(base.resolve("movie/nowhere"), base.resolve("missing"));
    Files.createSymbolicLink(base.resolve("movie/loop"), base.resolve("movie/loop"));
    Files.createSymbolicLink(base.resolve("other/back"), base.resolve("movie"));
    Files.createSymbolicLink(base.resolve("alias"), base.resolve("movie"));
    Files.writeString(base.resolve("movie/file"), "text");
    roots =
        AllowedRoots.of(
            "rec_dir",
            "recording.roots",
            List.of(base.resolve("absent").toString(), base.resolve("movie").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "movie, movie",
    "movie/sub, movie/sub",
    "movie/new/deep/folder, movie/new/deep/folder",
    "movie/./sub/../new, movie/new",
    "other/../movie/sub, movie/sub",
    "movie/inside, movie/sub",
    "movie/inside/new, movie/sub/new",
    "movie/outside/../sub, movie/sub",
    "other/back/sub, movie/sub",
    "alias/new, movie/new",
    "movie/new/../../movie/x, movie/x",
    "movie/..., movie/...",
  })
  void allowsWhatLiesUnderARoot(String folder, String real) {
    assertThat(roots.resolve(base.resolve(folder))).isEqualTo(base.resolve(real));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "other",
        "movie2",
        "movie2/new",
        "movie/..",
        "movie/../other",
        "movie/sub/../../other",
        "movie/outside",
        "movie/outside/new",
        "movie/relative/new",
        "movie/nowhere",
        "movie/nowhere/new",
        "movie/loop",
        "movie/loop/new",
        "absent",
        "absent/new",
        "missing",
        "/",
        "/etc",
        "movie/new/../../other",
      })
  void refusesAllElseAndNamesTheArgument(String folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> roots.resolve(base.resolve(folder)))
        .withMessageStartingWith("rec_dir " + base.resolve(folder));
  }

  @Test
  void saysWhichSettingWouldAllowIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> roots.resolve(base.resolve("other")))
        .withMessageContaining("setting recording.roots")
        .withMessageContaining(base.resolve("movie").toString());
  }

  @Test
  void aRootMayBeALinkOrComeLater() throws IOException {
    AllowedRoots linked =
        AllowedRoots.of("rec_dir", "recording.roots", List.of(base.resolve("alias").toString()));
    assertThat(linked.resolve(base.resolve("movie/sub"))).isEqualTo(base.resolve("movie/sub"));
    Files.createDirectory(base.resolve("absent"));
    assertThat(roots.resolve(base.resolve("absent/x"))).isEqualTo(base.resolve("absent/x"));
  }

  @Test
  void withoutRootsNothingIsAllowed() {
    AllowedRoots none = AllowedRoots.of("rec_dir", "recording.roots", List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> none.resolve(base));
  }
}
