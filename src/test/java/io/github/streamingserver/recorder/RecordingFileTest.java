package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.streamingserver.hls.VttCue;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure.DiskFull;
import io.github.streamingserver.model.StreamFailure.Failed;
import io.github.streamingserver.recorder.Piece.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may do to a recording's folder, and what a full disk does. */
class RecordingFileTest {
  private static final Part PART = new Part(URI.create("http://host/s.ts"), 1, 2);
  private static final FreeSpace ANY = FreeSpace.keeping(0);

  @TempDir private Path temporary;
  @TempDir Path state;
  private Path folder;
  private Path elsewhere;

  @BeforeEach
  void layOut() throws IOException {
    Path base = temporary.toRealPath();
    folder = Files.createDirectories(base.resolve("movie/rec"));
    elsewhere = Files.createDirectories(base.resolve("etc"));
    for (String name : List.of("stream_0.ts", "stream_1.ts", "log.txt", "file")) {
      Files.writeString(elsewhere.resolve(name), "as it was");
    }
  }

  private void assertElsewhereIsUntouched() throws IOException {
    try (var files = Files.list(elsewhere)) {
      assertThat(files).hasSize(4).allSatisfy(file -> assertThat(file).hasContent("as it was"));
    }
  }

  private void swap(Path path) throws IOException {
    Files.move(path, path.resolveSibling("moved-away"));
    Files.createSymbolicLink(path, path.equals(folder) ? elsewhere : temporary.resolve("other"));
    Files.createDirectories(temporary.resolve("other"));
    if (!path.equals(folder)) {
      Files.createSymbolicLink(temporary.resolve("other/rec"), elsewhere);
    }
  }

  private static void data(SectionWriter writer, String text) {
    writer.accept(new Piece.Begin(PART));
    writer.accept(new Piece.Data(ByteString.fromString(text)));
    writer.accept(new Piece.End(PART));
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie/rec", "movie"})
  void aFolderSwappedForALinkAfterTheCheckIsNotWrittenTo(String swapped) throws IOException {
    swap(temporary.toRealPath().resolve(swapped));
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> Writers.begin(folder, state, ANY, Clock.systemUTC()))
        .matches(e -> e.failure() instanceof Failed)
        .withMessageContaining("symbolic link");
    assertElsewhereIsUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie/rec", "movie"})
  void norIsOneThatIsSwappedBetweenTwoSections(String swapped) throws IOException {
    SectionWriter writer = Writers.begin(folder, state, ANY, Clock.systemUTC());
    data(writer, "first");
    swap(temporary.toRealPath().resolve(swapped));
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> writer.accept(new Piece.Cut("another picture")))
        .withMessageContaining("symbolic link");
    assertElsewhereIsUntouched();
  }

  @Test
  void linksPlantedInTheFolderAreReplaced() throws IOException {
    for (String name : List.of("stream_0.ts", "log.txt")) {
      Files.createSymbolicLink(folder.resolve(name), elsewhere.resolve(name));
    }
    SectionWriter writer = Writers.begin(folder, state, ANY, Clock.systemUTC());
    Files.createSymbolicLink(folder.resolve("stream_1.ts"), elsewhere.resolve("stream_1.ts"));
    Files.createLink(folder.resolve("stream_1.de.vtt"), elsewhere.resolve("file"));
    data(writer, "first");
    writer.accept(new Piece.Cut("another picture"));
    data(writer, "second");
    for (int i = 1; i < 3; i++) {
      writer.accept(
          new Piece.Subtitle(
              "de", new SourceClock.Place(1, 0, 90_000), new VttCue(0, 90_000, "", "text " + i)));
    }
    writer.end("complete");
    assertElsewhereIsUntouched();
    assertThat(folder.resolve("stream_0.ts")).hasContent("first");
    assertThat(folder.resolve("stream_1.ts")).hasContent("second");
    assertThat(folder.resolve("stream_1.de.vtt")).content().contains("text 1", "text 2");
    assertThat(folder.resolve("log.txt")).content().contains("end: complete");
  }

  @Test
  void whatComesInMorePiecesOfMemoryThanOneWriteTakesIsWrittenInOrder() throws IOException {
    SectionWriter writer = Writers.begin(folder, state, ANY, Clock.systemUTC());
    ByteString all = ByteString.emptyByteString();
    for (int i = 0; i < 3000; i++) {
      all = all.concat(ByteString.fromString(i + "."));
    }
    writer.accept(new Piece.Begin(PART));
    writer.accept(new Piece.Data(all));
    writer.accept(new Piece.End(PART));
    writer.end("complete");
    assertThat(folder.resolve("stream_0.ts")).hasContent(all.utf8String());
  }

  @Test
  void theDiskIsWatchedWhileItRecordsAndTheFileStaysWhole() throws IOException {
    Deque<Long> usable = new ArrayDeque<>(List.of(1000L, 1000L, 99L));
    FreeSpace space = new FreeSpace(100, _ -> usable.remove(), (_, _) -> false);
    SectionWriter writer = Writers.begin(folder, state, space, Clock.systemUTC());
    data(writer, "first");
    writer.accept(new Piece.Begin(PART));
    Piece.Data more = new Piece.Data(ByteString.fromArray(new byte[16 << 20]));
    writer.accept(more);
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> writer.accept(more))
        .matches(e -> e.failure() instanceof DiskFull)
        .withMessageContaining("recording.min-free-space");
    writer.end("failed");
    assertThat(folder.resolve("stream_0.ts")).hasContent("first");
  }

  @Test
  void aLengthThatDoesNotFitIsRefusedBeforeItsFirstByte() {
    FreeSpace space = new FreeSpace(100, _ -> 1100, (_, _) -> false);
    SectionWriter writer = Writers.beginFile(folder, state, space, Clock.systemUTC());
    writer.accept(new Piece.Begin(PART));
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> writer.accept(new Piece.Length(1001)))
        .matches(e -> e.failure() instanceof DiskFull);
    writer.accept(new Piece.Length(1000));
    writer.end("complete");
  }

  @Test
  void ofAFileThatGoesOnOnlyTheRestHasToFit() {
    Deque<Long> usable = new ArrayDeque<>(List.of(1000L, 1000L, 500L, 499L));
    FreeSpace space = new FreeSpace(0, _ -> usable.remove(), (_, _) -> false);
    SectionWriter writer = Writers.beginFile(folder, state, space, Clock.systemUTC());
    writer.accept(new Piece.Begin(PART));
    writer.accept(new Piece.Length(1000));
    writer.accept(new Piece.Data(ByteString.fromArray(new byte[500])));
    writer.accept(new Piece.Length(1000));
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> writer.accept(new Piece.Length(1000)))
        .matches(e -> e.failure() instanceof DiskFull);
    writer.end("failed");
  }
}
