package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.EditedMedia;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Gate;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is killed in the middle of a recording, and goes on with it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ResumeCasesTest {
  private static final String SETTINGS =
      Settings.FAST_LIVE
          + """
          streamingserver.http.idle-timeout = 60 s
          streamingserver.journal.interval = 1 us
          streamingserver.recording.progress-interval = 50 ms
          streamingserver.recording.min-free-space = 1 MiB
          """;

  @TempDir Path folder;

  private Survivor survivor() throws Exception {
    return new Survivor(folder, SETTINGS);
  }

  private static String name(Path stream) {
    return Media.root().relativize(stream).toString();
  }

  private static Path last(JsonObject start) {
    return Path.of(start.text("rec_file").orElse(""));
  }

  static Stream<Arguments> onDemand() {
    return Stream.of(
        vod(Media.hls(), "index.m3u8", "s5.ts", Media.joined(Media.hls())),
        vod(
            EditedMedia.encrypted(EditedMedia.Aes.ROTATING),
            "index.m3u8",
            "s5.ts",
            Media.joined(Media.hls())),
        vod(Media.fmp4(), "index.m3u8", "s5.m4s", Media.joined(Media.fmp4())),
        separate(Media.separateAudioFmp4()),
        separate(Media.separateAudioCutElsewhere()));
  }

  private static Arguments separate(Path stream) {
    return Arguments.of(
        name(stream) + "/master.m3u8",
        name(stream) + "/video/s5.m4s",
        Media.joined(stream.resolve("video")),
        Media.joined(stream.resolve("audio")));
  }

  private static Arguments vod(Path stream, String playlist, String stalling, Path source) {
    return Arguments.of(
        name(stream) + "/" + playlist, name(stream) + "/" + stalling, source, source);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onDemand")
  void aStreamOnDemandGoesOnAtTheNextSegment(
      String playlist, String stalling, Path picture, Path sound) throws Exception {
    try (Survivor survivor = survivor()) {
      Gate gate = new Gate(survivor.origin(), stalling, 1000);
      survivor.ask(playlist, JsonObject.empty()).awaitSegments(4);
      survivor.kill();
      gate.open();
      survivor.restart();
      assertThat(last(survivor.awaitStart())).exists();
      Recording recording = survivor.await().assertComplete();
      recording.assertHoldsInAll(picture, sound);
      assertThat(recording.files()).hasSize(2);
      survivor.assertOver();
    }
  }

  @Test
  void aFileGoesOnWhereItBrokeOff() throws Exception {
    String path = name(Media.mp4());
    long half = Files.size(Media.mp4()) / 2;
    try (Survivor survivor = survivor()) {
      killAt(survivor, path, half);
      survivor.restart();
      assertThat(last(survivor.awaitStart())).exists();
      Recording recording = survivor.await().assertComplete();
      assertThat(recording.files().getFirst()).hasSameBinaryContentAs(Media.mp4());
      assertThat(recording.stop().number("bytes")).contains((double) Files.size(Media.mp4()));
      assertThat(survivor.origin().requests(path).getLast().header("If-Range")).isNotEmpty();
      survivor.assertOver();
    }
  }

  private static Answer unnamed(Answer answer) {
    return new Answer(
        answer.status(), Map.of("Content-Type", "video/mp4"), answer.content(), answer.framing());
  }

  private static void killAt(Survivor survivor, String path, long bytes) throws Exception {
    Gate gate = new Gate(survivor.origin(), path, bytes);
    survivor.ask(path, JsonObject.empty());
    survivor.awaitStart();
    survivor.kill();
    gate.open();
  }

  /** Where the server can't be asked whether it has, the length tells. */
  @ParameterizedTest(name = "a server that names states of its files: {0}")
  @ValueSource(booleans = {true, false})
  void aFileThatHasChangedBeginsAgain(boolean named) throws Exception {
    String path = name(Media.mp4());
    long half = Files.size(Media.mp4()) / 2;
    try (Survivor survivor = survivor()) {
      if (!named) {
        survivor.origin().edit(path, ResumeCasesTest::unnamed);
      }
      killAt(survivor, path, half);
      byte[] other = (Files.readString(Media.mp4(), ISO_8859_1) + "more").getBytes(ISO_8859_1);
      survivor.origin().serve(path, other);
      survivor.restart();
      survivor.awaitStart();
      Recording recording = survivor.await().assertComplete();
      assertThat(recording.files().getFirst()).hasBinaryContent(other);
      survivor.assertOver();
    }
  }

  @Test
  void aChannelGoesOnBehindWhatItsWindowStillHolds() throws Exception {
    try (Survivor survivor = survivor()) {
      LiveChannel channel = live(survivor, "hls", Media.hls(), 8);
      survivor.kill();
      channel.advance(2);
      Recording recording = goOn(survivor, channel, 0);
      Path source = Media.joined(Media.hls());
      recording.assertHoldsInAll(source, source);
    }
  }

  @Test
  void whatLeftTheWindowMeanwhileIsCounted() throws Exception {
    try (Survivor survivor = survivor()) {
      LiveChannel channel = live(survivor, "hls", Media.hls(), 3);
      survivor.kill();
      channel.advance(5);
      Recording recording = goOn(survivor, channel, 2);
      Path source =
          Media.joined(List.of(new Part(Media.hls(), 0, 3), new Part(Media.hls(), 5, 10)));
      recording.assertHoldsInAll(source, source);
      recording.assertLog("LOST 2 segments");
    }
  }

  @Test
  void aChannelOfFragmentsGoesOn() throws Exception {
    try (Survivor survivor = survivor()) {
      LiveChannel channel = live(survivor, "fmp4", Media.fmp4(), 8);
      survivor.kill();
      channel.advance(2);
      Path source = Media.joined(Media.fmp4());
      goOn(survivor, channel, 0).assertHoldsInAll(source, source);
    }
  }

  /** A channel of which the first segments are on disk. */
  private static LiveChannel live(Survivor survivor, String place, Path stream, int window)
      throws Exception {
    LiveChannel channel =
        new LiveChannel(window, 1).add(ListedSegment.in(stream)).advance(Math.min(window, 4));
    survivor.origin().route(place + "/live.m3u8", channel);
    survivor.ask(place + "/live.m3u8", JsonObject.of("from_start", true));
    survivor.awaitSegments(place.equals("hls") ? Math.min(window, 4) : 3);
    return channel;
  }

  private static Recording goOn(Survivor survivor, LiveChannel channel, int lost) throws Exception {
    survivor.restart();
    assertThat(last(survivor.awaitStart())).exists();
    channel.advanceAfterEachLoad(1).endAtLast();
    Recording recording = survivor.await().assertEnded("complete", lost);
    survivor.assertOver();
    return recording;
  }

  @Test
  void killedTwice() throws Exception {
    try (Survivor survivor = survivor()) {
      Gate first = new Gate(survivor.origin(), "hls/s3.ts", 1000);
      Gate second = new Gate(survivor.origin(), "hls/s6.ts", 1000);
      survivor.ask("hls/index.m3u8", JsonObject.empty()).awaitSegments(3);
      survivor.kill();
      first.open();
      survivor.restart();
      survivor.awaitSegments(6);
      survivor.kill();
      second.open();
      survivor.restart();
      Recording recording = survivor.await().assertComplete();
      Path source = Media.joined(Media.hls());
      recording.assertHoldsInAll(source, source);
      survivor.assertOver();
    }
  }

  @Test
  void killedBeforeAnythingIsOnDisk() throws Exception {
    try (Survivor survivor = survivor()) {
      Gate gate = new Gate(survivor.origin(), "hls/s0.ts", 1000);
      survivor.ask("hls/index.m3u8", JsonObject.empty()).awaitProgress(_ -> true);
      while (survivor.daemon().journal().isEmpty()) {
        survivor.awaitProgress(_ -> true);
      }
      survivor.kill();
      gate.open();
      survivor.restart();
      Recording recording = survivor.await().assertComplete();
      recording.assertHolds(Media.joined(Media.hls()));
      survivor.assertOver();
    }
  }

  /** The viewer asked for what the window held then. */
  @Test
  void whatLeftTheWindowBeforeAnythingWasOnDiskIsCounted() throws Exception {
    try (Survivor survivor = survivor()) {
      Gate gate = new Gate(survivor.origin(), "hls/s0.ts", 1000);
      LiveChannel channel = new LiveChannel(3, 1).add(ListedSegment.in(Media.hls())).advance(3);
      survivor.origin().route("hls/live.m3u8", channel);
      survivor.ask("hls/live.m3u8", JsonObject.of("from_start", true));
      while (!journal(survivor).contains("s0.ts")) {
        survivor.awaitProgress(_ -> true);
      }
      survivor.kill();
      gate.open();
      channel.advance(3);
      Recording recording = goOn(survivor, channel, 3);
      recording.assertHolds(Media.joined(List.of(new Part(Media.hls(), 3, 10))));
      recording.assertLog("LOST 3 segments");
    }
  }

  private static String journal(Survivor survivor) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String name : survivor.daemon().journal()) {
      if (name.endsWith(".json")) {
        text.append(Files.readString(survivor.daemon().state().resolve("journal").resolve(name)));
      }
    }
    return text.toString();
  }

  @Test
  void aFileThatIsShorterThanTheJournalSaysGoesOnFromWhatThereIs() throws Exception {
    String path = name(Media.mp4());
    long half = Files.size(Media.mp4()) / 2;
    try (Survivor survivor = survivor()) {
      killAt(survivor, path, half);
      Path file = survivor.recordings().resolve("stream_0.mp4");
      truncate(file, Files.size(file) / 2);
      survivor.restart();
      Recording recording = survivor.await().assertComplete();
      assertThat(recording.files().getFirst()).hasSameBinaryContentAs(Media.mp4());
      assertThat(recording.stop().number("bytes")).contains((double) Files.size(Media.mp4()));
    }
  }

  private static void truncate(Path file, long size) throws Exception {
    try (var channel =
        java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void aSectionThatIsShorterThanTheJournalSaysIsToldTruly() throws Exception {
    try (Survivor survivor = survivor()) {
      Gate gate = new Gate(survivor.origin(), "hls/s5.ts", 1000);
      survivor.ask("hls/index.m3u8", JsonObject.empty()).awaitSegments(5);
      survivor.kill();
      gate.open();
      Path first = survivor.recordings().resolve("stream_0.ts");
      truncate(first, Files.size(first) / 2 + 1);
      survivor.restart();
      Recording recording = survivor.await();
      assertThat(recording.stop().text("reason")).contains("complete");
      assertThat(recording.stop().number("bytes"))
          .contains((double) recording.files().stream().mapToLong(f -> f.toFile().length()).sum());
      assertThat(survivor.daemon().log()).contains("is shorter than the journal says");
      assertThat(Files.size(first) % 188).isZero();
      List<String> frames = Frames.video(first);
      assertThat(frames.subList(0, frames.size() - 1))
          .isSubsetOf(Frames.video(Media.joined(Media.hls())));
    }
  }
}
