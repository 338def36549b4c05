package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.config.RetentionSettings;
import io.github.streamingserver.model.StreamException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Piece.Part PART = new Piece.Part(URI.create("http://host/s.ts"), 1, 2);
  private static final String END =
      "2026-03-01T12:00:00Z end: complete; 5 bytes, 1 segments, 0 lost (0.000 s)\n";

  @TempDir private Path temporary;
  @TempDir Path state;
  private Path movies;
  private Path current;

  @BeforeEach
  void layOut() throws IOException {
    movies = Files.createDirectories(temporary.toRealPath().resolve("media/movie"));
    current = Files.createDirectories(movies.resolve("current"));
  }

  private Retention retention(Path root, InstantSource clock) {
    return new Retention(
        new RetentionSettings(true, Duration.ofDays(1)),
        new AllowedRoots("rec_dir", "recording.allowed-roots", List.of(root)),
        clock);
  }

  private Retention retention() {
    return retention(movies, InstantSource.fixed(NOW));
  }

  private Path recorded(String name, int daysAgo, int bytes) {
    Path folder = movies.resolve(name).normalize();
    SectionWriter writer =
        Writers.begin(
            folder,
            state,
            FreeSpace.keeping(0),
            Clock.fixed(NOW.minus(Duration.ofDays(daysAgo)), ZoneOffset.ofHours(1)));
    writer.accept(new Piece.Begin(PART));
    writer.accept(new Piece.Data(ByteString.fromArray(new byte[bytes])));
    writer.accept(new Piece.End(PART));
    writer.end("complete");
    return folder;
  }

  @ParameterizedTest
  @CsvSource({
    "1, a:10, a",
    "100, a:10, a",
    "101, a:10 b:9, a b",
    "101, b:9 a:10, a b",
    "200, a:10 b:9 c:8, a b",
    "301, a:10 b:9 c:8, ''",
    "101, a:10 b:0, ''",
    "1, b:0, ''",
    "1, b:1 a:1, a",
    "1, '', ''",
  })
  void theOldestGoThatTogetherAreEnough(long shortage, String found, String chosen) {
    List<FinishedRecording> all =
        Arrays.stream(found.split(" "))
            .filter(text -> !text.isEmpty())
            .map(text -> text.split(":", 2))
            .map(
                pair ->
                    new FinishedRecording(
                        Path.of("/movie", pair[0]),
                        NOW.minus(Duration.ofDays(Long.parseLong(pair[1]))),
                        100))
            .toList();
    String names =
        String.join(
            " ",
            Retention.choose(all, shortage, NOW.minus(Duration.ofDays(1))).stream()
                .map(recording -> String.valueOf(recording.folder().getFileName()))
                .toList());
    assertThat(names).isEqualTo(chosen);
  }

  @Test
  void onlyOurFilesOfTheOldestGo() throws IOException {
    Path oldest = recorded("oldest", 9, 5000);
    Path older = recorded("older", 8, 5000);
    Files.writeString(oldest.resolve("stream_0.de.vtt"), "WEBVTT");
    for (String name :
        List.of("cover.jpg", "stream_0.ts.meta", "stream_x.ts", "stream_0.mkv", "log.txt.old")) {
      Files.writeString(oldest.resolve(name), "mine");
    }
    Files.createDirectory(oldest.resolve("stream_9.ts"));
    Files.createSymbolicLink(oldest.resolve("stream_8.ts"), older.resolve("stream_0.ts"));
    assertThat(retention().free(current, 4000)).isTrue();
    try (var left = Files.list(oldest)) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(
              "cover.jpg",
              "stream_0.ts.meta",
              "stream_x.ts",
              "stream_0.mkv",
              "log.txt.old",
              "stream_9.ts",
              "stream_8.ts");
    }
    assertThat(older.resolve("stream_0.ts")).hasSize(5000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "2026-03-01T12:00:00Z section 0 begins: stream_0.ts\n",
        "2026-03-01T12:00:00Z end: complete; 5 bytes, 1 segments, 0 lost (0.000 s)",
        "yesterday end: complete; 5 bytes, 1 segments, 0 lost (0.000 s)\n",
        "2026-03-01T12:00:00Z subtitles: end: x; 5 bytes, 1 segments, 0 lost (0.000 s)\n",
        "2026-03-01T12:00:00Z end: complete\n",
        "2026-03-01T12:00:00Z end: complete; 5 bytes, 1 segments, 0 lost (0.000 s)\nmore\n",
      })
  void whatDoesNotEndAsOursIsKept(String log) throws IOException {
    Path folder = Files.createDirectories(movies.resolve("other"));
    Files.writeString(folder.resolve("stream_0.ts"), "12345");
    Files.writeString(folder.resolve("log.txt"), log);
    assertThat(retention().free(current, 1)).isFalse();
    assertThat(folder.resolve("stream_0.ts")).exists();
    Files.writeString(folder.resolve("log.txt"), log + END);
    assertThat(retention().free(current, 1)).isTrue();
  }

  @Test
  void runningOnesAndTheOneThatWantsSpaceAreKept() throws IOException {
    recorded("current", 9, 500);
    Path running = recorded("running", 9, 500);
    try (RecordingFile _ = RecordingFile.open(running, 7, "ts", 0)) {
      assertThat(retention().free(current, 1)).isFalse();
    }
    assertThat(running.resolve("stream_0.ts")).exists();
    assertThat(retention().free(current, 1)).isTrue();
    assertThat(running.resolve("stream_0.ts")).doesNotExist();
    assertThat(current.resolve("stream_0.ts")).exists();
  }

  @Test
  void nothingIsReachedThroughLinks() throws IOException {
    Path elsewhere = recorded("../elsewhere/rec", 9, 500).toRealPath();
    Files.createSymbolicLink(movies.resolve("link"), elsewhere);
    Path half = Files.createDirectories(movies.resolve("half"));
    Files.createSymbolicLink(half.resolve("log.txt"), elsewhere.resolve("log.txt"));
    Files.writeString(half.resolve("stream_0.ts"), "12345");
    Path other = Files.createDirectories(movies.resolve("other"));
    Files.createSymbolicLink(other.resolve("stream_0.ts"), elsewhere.resolve("stream_0.ts"));
    Files.writeString(other.resolve("log.txt"), END);
    assertThat(retention().free(current, 1)).isFalse();
    assertThat(elsewhere.resolve("stream_0.ts")).hasSize(500);
    assertThat(half.resolve("stream_0.ts")).exists();
  }

  @Test
  void nothingIsRemovedAboveAnAllowedRoot() throws IOException {
    Path old = recorded("old", 9, 500);
    assertThat(retention(current, InstantSource.fixed(NOW)).free(current, 1)).isFalse();
    assertThat(old.resolve("stream_0.ts")).exists();
  }

  @Test
  void aDiskThatIsSlowToCountDoesNotCostAnother() throws IOException {
    recorded("a", 9, 5000);
    Path second = recorded("b", 8, 5000);
    Instant[] now = {NOW};
    Retention retention = retention(movies, () -> now[0]);
    assertThat(retention.free(current, 4000)).isTrue();
    now[0] = NOW.plusSeconds(59);
    assertThat(retention.free(current, 4500)).isTrue();
    assertThat(second.resolve("stream_0.ts")).exists();
    now[0] = NOW.plusSeconds(60);
    assertThat(retention.free(current, 4500)).isTrue();
    assertThat(second.resolve("stream_0.ts")).doesNotExist();
    assertThat(retention.free(current, 9000)).isFalse();
  }

  @Test
  void helpsARecordingThatWouldEnd() throws IOException {
    Path old = recorded("old", 9, 5000);
    FreeSpace space =
        new FreeSpace(
            1000, _ -> Files.exists(old.resolve("stream_0.ts")) ? 10 : 5010, retention()::free);
    RecordingFile.open(current, 0, "ts", space).close();
    assertThat(old.resolve("stream_0.ts")).doesNotExist();
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> space.require(current, 10_000))
        .withMessageContaining("min-free-space");
  }
}
