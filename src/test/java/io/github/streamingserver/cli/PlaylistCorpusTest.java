package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.hls.PlaylistCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of playlists, good and bad, through the whole command. */
class PlaylistCorpusTest {
  private static final int FILES = 200;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir Path folder;

  private static Shell run(String option, List<Path> files) {
    Shell shell = new Shell();
    String[] words =
        Stream.concat(Stream.of("playlist", option), files.stream().map(Path::toString))
            .toArray(String[]::new);
    assertThat(shell.run(words)).isEqualTo(ExitCode.NO_PLAYLIST);
    return shell;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachYieldsOneLineThatIsJson(long seed) throws Exception {
    List<Path> files = PlaylistCorpus.write(folder, FILES, seed);
    Shell shell = run("--json", files);

    assertThat(shell.err()).isEmpty();
    assertThat(shell.lines()).hasSize(FILES);
    for (int i = 0; i < FILES; i++) {
      JsonNode read = JSON.readTree(shell.lines().get(i));
      String name = files.get(i).getFileName().toString();
      assertThat(read.get("source").textValue()).isEqualTo(files.get(i).toString());
      if (name.startsWith(PlaylistCorpus.VALID)) {
        checkValid(read, Files.readString(files.get(i)));
      } else if (name.startsWith(PlaylistCorpus.NONE)) {
        assertThat(read.path("error").textValue()).as("%s", read).isNotBlank();
      } else {
        assertThat(read.has("error") || read.has("type")).as("%s", read).isTrue();
      }
    }
  }

  private static void checkValid(JsonNode read, String text) {
    long segments = text.lines().filter(line -> line.startsWith("#EXTINF:")).count();
    long variants = text.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF:")).count();
    assertThat(read.has("error")).as("%s", read).isFalse();
    assertThat(read.get("type").textValue()).isEqualTo(variants > 0 ? "multivariant" : "media");
    assertThat(read.get("segments")).hasSize((int) segments);
    assertThat(read.get("variants")).hasSize((int) variants);
    read.get("segments")
        .forEach(segment -> assertThat(text).contains(segment.get("uri").textValue()));
    read.get("warnings")
        .forEach(
            warning ->
                assertThat(warning.textValue())
                    .containsAnyOf(
                        "left as it is", "without EXT-X-ENDLIST", "without an explicit IV"));
  }

  @ParameterizedTest
  @ValueSource(longs = 4)
  void peopleAreToldOfEach(long seed) throws Exception {
    List<Path> files = PlaylistCorpus.write(folder, FILES, seed);
    Shell shell = run("--timeout=30", files);

    assertThat(shell.out() + shell.err()).doesNotContain("Exception", "\tat ");
    for (Path file : files) {
      assertThat((shell.out() + shell.err()).lines())
          .anyMatch(line -> line.equals(file.toString()) || line.startsWith(file + ": "));
    }
  }
}
