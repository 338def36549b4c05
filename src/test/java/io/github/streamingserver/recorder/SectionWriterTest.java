package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00.5Z"), ZoneOffset.ofHours(1));
  private static final Part PART = new Part(URI.create("http://host/s7.ts?token=secret"), 7, 2.5);
  private static final StreamFailure BROKEN = new StreamFailure.Failed("broke off");

  @TempDir Path folder;
  @TempDir Path state;

  private SectionWriter writer() {
    return Writers.begin(folder, state, FreeSpace.keeping(0), CLOCK);
  }

  private static Piece.Data data(String text) {
    return new Piece.Data(ByteString.fromString(text));
  }

  private static void accept(SectionWriter writer, Piece... pieces) {
    for (Piece piece : pieces) {
      writer.accept(piece);
    }
  }

  private String file() throws IOException {
    return Files.readString(folder.resolve("stream_0.ts"));
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("log.txt"));
  }

  @Test
  void cutsBackToTheLastWholePart() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("first "), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART), data("half"), new Piece.Rollback(BROKEN));
    assertThat(file()).isEqualTo("first ");
    accept(writer, data("sec"), data("ond"));
    assertThat(writer.accept(new Piece.End(PART))).containsExactly(new Fact.PartWritten(PART, 12));
    writer.end("complete");
    assertThat(file()).isEqualTo("first second");
  }

  @Test
  void keepsWhatIsThereWhereAPartGoesOn() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("one "), new Piece.Resumed(BROKEN), data("file"));
    writer.end("stopped");
    assertThat(file()).isEqualTo("one file");
    assertThat(log())
        .anyMatch(line -> line.endsWith("broke off at 4 bytes, goes on there: broke off"));
  }

  @Test
  void cutsOffTheIncompletePartAtTheEnd() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("whole"), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART), data("half"));
    assertThat(writer.end("stopped")).isEqualTo(new Fact.Grown(5));
    assertThat(file()).isEqualTo("whole");
  }

  @Test
  void keepsAsMuchAsThereIsOfTheOnlyPart() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("half"));
    assertThat(writer.end("stopped")).isEqualTo(new Fact.Grown(4));
    assertThat(file()).isEqualTo("half");
  }

  @Test
  void beginsAFileForTheNextSectionAndTellsOfItOnceAPartIsInIt() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("first"), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART));
    assertThat(writer.accept(new Piece.Cut("picture 2x2 after 1x1"))).isEmpty();
    accept(writer, data("hal"), new Piece.Rollback(BROKEN), new Piece.Cut("again"), data("second"));
    assertThat(writer.accept(new Piece.End(PART)))
        .containsExactly(
            new Fact.SectionOpened(1, folder.resolve("stream_1.ts")),
            new Fact.PartWritten(PART, 11));
    assertThat(writer.end("complete")).isEqualTo(new Fact.Grown(11));
    assertThat(file()).isEqualTo("first");
    assertThat(Files.readString(folder.resolve("stream_1.ts"))).isEqualTo("second");
    assertThat(log())
        .anyMatch(line -> line.endsWith("section 0 ends: 1 segments, 2.500 s, 5 bytes"))
        .anyMatch(line -> line.endsWith("section 1 begins: stream_1.ts, picture 2x2 after 1x1"));
  }

  @Test
  void leavesNoFileOfASectionWithoutAWholePart() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("first"), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART), new Piece.Cut("filler begins"), data("half"));
    assertThat(writer.end("stopped")).isEqualTo(new Fact.Grown(5));
    assertThat(folder.resolve("stream_1.ts")).doesNotExist();
    assertThat(file()).isEqualTo("first");
  }

  @Test
  void countsWhatWasNeverSeenAndLogsWhatIsLeftOutOnceABreak() throws Exception {
    SectionWriter writer = writer();
    assertThat(writer.accept(new Piece.Missed(4, 8, BROKEN)))
        .containsExactly(new Fact.Lost(4, 8, BROKEN));
    accept(writer, new Piece.LeftOut(PART), new Piece.LeftOut(PART), new Piece.LeftOut(PART));
    accept(writer, new Piece.Begin(PART), data("on"), new Piece.End(PART));
    writer.end("complete");
    assertThat(log().stream().map(line -> line.substring(26)).toList())
        .containsExactly(
            "section 0 begins: stream_0.ts",
            "LOST 4 segments, 8.000 s: broke off",
            "filler is left out from segment 7 on",
            "filler is over: 3 segments, 7.500 s left out",
            "end: complete; 2 bytes, 1 segments, 4 lost (8.000 s)");
  }

  @Test
  void leavesNothingOfALostPart() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("whole"), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART), data("half"));
    assertThat(writer.accept(new Piece.Lost(PART, BROKEN)))
        .containsExactly(new Fact.Lost(1, 2.5, BROKEN));
    accept(writer, new Piece.Begin(PART), data(" next"), new Piece.End(PART));
    assertThat(writer.end("complete")).isEqualTo(new Fact.Grown(10));
    assertThat(file()).isEqualTo("whole next");
  }

  @Test
  void tellsTheWholeLengthFromThePartsBeginning() {
    SectionWriter writer = writer();
    accept(
        writer, new Piece.Begin(PART), data("12345"), new Piece.End(PART), new Piece.Begin(PART));
    assertThat(writer.accept(new Piece.Length(100))).containsExactly(new Fact.TotalKnown(105));
    writer.end("stopped");
  }

  @Test
  void tellsGrowthOnceAMebibyteAndAgainAfterARollback() {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART));
    assertThat(writer.accept(data("a"))).containsExactly(new Fact.Grown(1));
    assertThat(writer.accept(data("b"))).isEmpty();
    Piece mebibyte = new Piece.Data(ByteString.fromArray(new byte[1 << 20]));
    assertThat(writer.accept(mebibyte)).containsExactly(new Fact.Grown((1 << 20) + 2));
    accept(writer, new Piece.Rollback(BROKEN));
    assertThat(writer.accept(data("c"))).containsExactly(new Fact.Grown(1));
    writer.end("stopped");
  }

  @Test
  void logsALineForEachEventWithoutSecretsOrControlCharacters() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("whole"), new Piece.End(PART));
    accept(writer, new Piece.Begin(PART), data("half"), new Piece.Rollback(BROKEN));
    accept(writer, new Piece.Lost(PART, new StreamFailure.Failed("404\nforged line")));
    writer.end("complete");
    String time = "2026-03-01T13:00:00+01:00 ";
    assertThat(log())
        .containsExactly(
            time + "section 0 begins: stream_0.ts",
            time + "begins a segment again, 4 bytes cut back: broke off",
            time + "LOST segment 7, 2.500 s, http://host/s7.ts: 404 forged line",
            time + "end: complete; 5 bytes, 1 segments, 1 lost (2.500 s)");
  }

  @Test
  void logsNotEachTryOfAnOutage() throws Exception {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART));
    for (int i = 0; i < 5; i++) {
      accept(writer, new Piece.Resumed(BROKEN));
    }
    accept(writer, data("on"), new Piece.End(PART), new Piece.Begin(PART), data("half"));
    for (int i = 0; i < 3; i++) {
      accept(writer, new Piece.Rollback(BROKEN));
    }
    accept(writer, new Piece.Lost(PART, BROKEN), new Piece.Begin(PART));
    for (int i = 0; i < 2; i++) {
      accept(writer, new Piece.Resumed(BROKEN));
    }
    writer.end("stopped");
    assertThat(log().stream().map(line -> line.substring(26)).toList())
        .containsExactly(
            "section 0 begins: stream_0.ts",
            "broke off at 0 bytes, goes on there: broke off",
            "goes on after 5 tries failed",
            "begins a segment again, 4 bytes cut back: broke off",
            "3 tries failed",
            "LOST segment 7, 2.500 s, http://host/s7.ts: broke off",
            "broke off at 2 bytes, goes on there: broke off",
            "2 tries failed",
            "end: stopped; 2 bytes, 1 segments, 1 lost (2.500 s)");
  }

  @Test
  void removesEarlierRecordingsAndNothingElse() throws Exception {
    List<String> others =
        List.of("stream_0.mkv", "stream_a.ts", "my_stream_0.ts", "stream_0.ts.bak", "log.txt.1");
    for (String name : others) {
      Files.writeString(folder.resolve(name), name);
    }
    for (String name : List.of("stream_0.ts", "stream_12.ts", "stream_3.mp4", "log.txt")) {
      Files.writeString(folder.resolve(name), "earlier");
    }
    Files.createDirectories(folder.resolve("stream_9.ts/kept"));
    writer().end("complete");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(others.stream(), Stream.of("stream_0.ts", "log.txt", "stream_9.ts"))
                  .toList());
    }
    assertThat(folder.resolve("stream_9.ts/kept")).isDirectory();
    assertThat(file()).isEmpty();
    assertThat(log()).noneMatch(line -> line.contains("earlier"));
  }

  @Test
  void doesNotFollowSymbolicLinks(@TempDir Path elsewhere) throws Exception {
    Path treasure = Files.writeString(elsewhere.resolve("treasure"), "untouched");
    Files.createSymbolicLink(folder.resolve("stream_0.ts"), treasure);
    Files.createSymbolicLink(folder.resolve("log.txt"), treasure);
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART), data("recorded"), new Piece.End(PART));
    writer.end("complete");
    assertThat(treasure).hasContent("untouched");
    assertThat(file()).isEqualTo("recorded");
    assertThat(folder.resolve("log.txt")).isRegularFile().isNotEqualTo(treasure);
    assertThat(Files.isSymbolicLink(folder.resolve("log.txt"))).isFalse();
  }

  @Test
  void refusesALengthThatTheDiskCannotTake() {
    SectionWriter writer = writer();
    accept(writer, new Piece.Begin(PART));
    assertThat(failure(() -> writer.accept(new Piece.Length(Long.MAX_VALUE))))
        .isInstanceOf(StreamFailure.DiskFull.class);
    writer.end("failed");
  }

  @Test
  void refusesToBeginWhereLessIsFreeThanTheOwnerWants() {
    StreamFailure failure =
        failure(() -> Writers.begin(folder, state, FreeSpace.keeping(Long.MAX_VALUE), CLOCK));
    assertThat(failure).isInstanceOf(StreamFailure.DiskFull.class);
    assertThat(failure.message()).contains("recording.min-free-space", folder.toString());
  }

  @Test
  void failsWhereTheFolderIsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(failure(() -> Writers.begin(file, state, FreeSpace.keeping(0), CLOCK)))
        .isInstanceOf(StreamFailure.Failed.class)
        .extracting(StreamFailure::message)
        .asString()
        .startsWith(file + " can't be written");
  }

  private static StreamFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StreamException.class, call).failure();
  }
}
