package io.github.streamingserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a client's request to the decoded frames, over a real socket and a real HTTP origin. */
class JourneyTest {
  private static final String FAST =
      """
      streamingserver.recording { min-backoff = 10 ms, max-backoff = 50 ms, lost-after = 40 ms }
      streamingserver.http.idle-timeout = 500 ms
      """;

  private static Path mp4;
  private static Path hls;

  @TempDir Path folder;

  private Origin origin;
  private TestServer server;
  private Client client;

  @BeforeAll
  static void media() {
    mp4 = Media.mp4();
    hls = Media.hls();
    Media.variants();
  }

  @BeforeEach
  void start() throws Exception {
    origin = new Origin(Media.root());
    server = TestServer.start(folder.resolve("providers"), FAST);
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
  }

  private Path recordings() {
    return folder.resolve("movie");
  }

  private void ask(String path) throws Exception {
    client.send(
        "start",
        JsonObject.of("url", origin.url(path).toString())
            .with("rec_dir", recordings().toString())
            .with("quality", "best")
            .with("buffering", 5)
            .with("provider", Map.of("provider_id", "Direct")));
  }

  private JsonObject record(String path) throws Exception {
    ask(path);
    JsonObject start = client.receive("start");
    assertThat(Path.of(start.text("rec_file").orElseThrow())).isNotEmptyFile();
    return client.receive("stop");
  }

  private JsonObject refuse(String path) throws Exception {
    ask(path);
    return client.receive("stop");
  }

  private static void assertComplete(JsonObject stop) {
    assertThat(stop.text("reason")).as(stop.toString()).contains("complete");
    assertThat(stop.number("lost_segments")).contains(0.0);
  }

  private static void assertSameFrames(Path recorded, Path source) {
    assertThat(Frames.video(recorded)).hasSize(Media.FRAMES).isEqualTo(Frames.video(source));
    assertThat(Frames.audio(recorded)).isNotEmpty().isEqualTo(Frames.audio(source));
    assertThat(Ffmpeg.decodeErrors(recorded)).isEmpty();
  }

  private static void assertPlaysAsLongAsItSays(JsonObject stop, Path recorded) {
    assertThat(stop.number("duration").orElseThrow())
        .isCloseTo(Frames.duration(recorded), within(0.1));
  }

  private void assertMp4Equal(JsonObject stop) throws Exception {
    assertComplete(stop);
    Path recorded = recordings().resolve("stream_0.mp4");
    assertThat(recorded).hasSameBinaryContentAs(mp4);
    assertThat(stop.number("bytes")).contains((double) Files.size(mp4));
    assertPlaysAsLongAsItSays(stop, recorded);
    assertSameFrames(recorded, mp4);
  }

  private void assertHlsEqual(JsonObject stop) {
    assertComplete(stop);
    Path recorded = recordings().resolve("stream_0.ts");
    assertThat(recorded).hasSameBinaryContentAs(Media.joined(hls));
    assertPlaysAsLongAsItSays(stop, recorded);
    assertSameFrames(recorded, Media.joined(hls));
  }

  @Test
  void recordsAFile() throws Exception {
    assertMp4Equal(record("mp4/video.mp4"));
  }

  @Test
  void resumesAFileWhereItBrokeOff() throws Exception {
    origin.fail(
        "mp4/video.mp4",
        new Fault.None(),
        new Fault.CutAfter(100_000),
        new Fault.Status(503, Map.of()),
        new Fault.StallAfter(50_000));
    assertMp4Equal(record("mp4/video.mp4"));
    assertThat(origin.requests("mp4/video.mp4").getLast().header("Range"))
        .isEqualTo("bytes=150000-");
    assertThat(origin.requests("mp4/video.mp4").getLast().header("If-Range")).isNotEmpty();
    assertThat(recordings().resolve("log.txt")).content().contains("goes on there");
  }

  @Test
  void skipsWhatIsThereWhereAServerKnowsNoRanges() throws Exception {
    origin.fail(
        "mp4/video.mp4", new Fault.None(), new Fault.CutAfter(100_000), new Fault.IgnoreRange());
    assertMp4Equal(record("mp4/video.mp4"));
  }

  @Test
  void aPageInTheMiddleOfAFileIsNotPartOfIt() throws Exception {
    origin.fail("mp4/video.mp4", new Fault.None(), new Fault.CutAfter(100_000), new Fault.Page());
    assertMp4Equal(record("mp4/video.mp4"));
  }

  @Test
  void recordsAFinishedPlaylist() throws Exception {
    JsonObject stop = record("hls/index.m3u8");
    assertHlsEqual(stop);
    assertThat(stop.text("recorder_id")).contains("hls_basic");
    assertThat(stop.object("recorder").orElseThrow().text("type")).contains("hls_basic");
  }

  @Test
  void recordsTheBestVariant() throws Exception {
    assertComplete(record("variants/master.m3u8"));
    assertThat(recordings().resolve("stream_0.ts"))
        .hasSameBinaryContentAs(Media.joined(Media.variants().resolve("high")));
  }

  @Test
  void fetchesSegmentsAgainAndKeepsTheirOrder() throws Exception {
    origin.fail("hls/s0.ts", new Fault.CutAfter(1000));
    origin.fail("hls/s1.ts", new Fault.Status(500, Map.of()), new Fault.StallAfter(3000));
    origin.fail("hls/s2.ts", new Fault.Page(), new Fault.Status(404, Map.of()));
    origin.fail("hls/s9.ts", new Fault.CutAfter(188 * 20));
    assertHlsEqual(record("hls/index.m3u8"));
  }

  @Test
  void tellsWhichSegmentIsLost() throws Exception {
    Fault gone = new Fault.Status(404, Map.of());
    origin.fail("hls/s3.ts", gone, gone, gone);
    JsonObject stop = record("hls/index.m3u8");
    assertThat(stop.text("reason")).contains("complete");
    assertThat(stop.number("lost_segments")).contains(1.0);
    assertPlaysAsLongAsItSays(stop, recordings().resolve("stream_0.ts"));
    assertThat(recordings().resolve("log.txt")).content().contains("LOST segment 3", "404");
    assertThat(Frames.video(recordings().resolve("stream_0.ts")).size())
        .isLessThan(Media.FRAMES)
        .isGreaterThanOrEqualTo(Media.FRAMES - 26);
  }

  @Test
  void beginsASectionWhereThePictureChangesItsSize() throws Exception {
    Media.changingSize();
    ask("sizes/index.m3u8");
    double duration = 0;
    for (int section = 0; section < Media.sizes().size(); section++) {
      JsonObject start = client.receive("start");
      assertThat(start.number("section_index")).contains((double) section);
      assertThat(start.text("rec_file"))
          .contains(recordings().resolve("stream_" + section + ".ts").toString());
    }
    JsonObject stop = client.receive("stop");
    assertComplete(stop);
    assertThat(stop.number("sections")).contains(4.0);
    for (int section = 0; section < Media.sizes().size(); section++) {
      Path recorded = recordings().resolve("stream_" + section + ".ts");
      Frames.assertSame(recorded, Media.sizes().get(section).joined());
      duration += Frames.duration(recorded);
    }
    assertThat(stop.number("duration").orElseThrow()).isCloseTo(duration, within(0.4));
  }

  /** The finished playlist with one of its segments changed. */
  private Origin changed(String segment, UnaryOperator<byte[]> change) throws Exception {
    Path copy = Files.createDirectories(folder.resolve("changed"));
    try (Stream<Path> files = Files.list(hls)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    Path target = copy.resolve(segment);
    Files.write(target, change.apply(Files.readAllBytes(target)));
    return new Origin(copy);
  }

  private JsonObject recordFrom(Origin other) throws Exception {
    client.send(
        "start",
        JsonObject.of("url", other.url("index.m3u8").toString())
            .with("rec_dir", recordings().toString())
            .with("provider", Map.of("provider_id", "Direct")));
    client.receive("start");
    return client.receive("stop");
  }

  @Test
  void aSegmentThatIsNoTransportStreamIsLost() throws Exception {
    byte[] garbage = new byte[50_000];
    new Random(1).nextBytes(garbage);
    try (Origin other = changed("s4.ts", _ -> garbage)) {
      JsonObject stop = recordFrom(other);
      assertThat(stop.text("reason")).contains("complete");
      assertThat(stop.number("lost_segments")).contains(1.0);
      Path recorded = recordings().resolve("stream_0.ts");
      assertPlaysAsLongAsItSays(stop, recorded);
      assertThat(Frames.video(recorded)).hasSize(Media.FRAMES - 25);
      assertThat(recordings().resolve("log.txt")).content().contains("LOST segment 4");
    }
  }

  @Test
  void aClearLeadStaysWhereScramblingBegins() throws Exception {
    UnaryOperator<byte[]> scramble =
        bytes -> {
          for (int packet = 188 * 10; packet < bytes.length; packet += 188) {
            bytes[packet + 3] |= (byte) 0xc0;
          }
          return bytes;
        };
    try (Origin other = changed("s7.ts", scramble);
        Client witness = new Client(server.port())) {
      JsonObject stop = recordFrom(other);
      assertThat(stop.text("error_id")).contains("drm_protected");
      assertThat(stop.text("msg").orElse("")).contains("scrambled transport stream detected");
      assertThat(stop.number("sections")).contains(1.0);
      assertThat(Frames.video(recordings().resolve("stream_0.ts"))).hasSize(7 * 25);
      assertThat(witness.receive("stop").text("error_id")).contains("drm_protected");
    }
  }

  @Test
  void aProtectedFileIsRefused() throws Exception {
    byte[] file = Files.readAllBytes(mp4);
    int entry = new String(file, StandardCharsets.ISO_8859_1).indexOf("avc1", 40);
    System.arraycopy("encv".getBytes(StandardCharsets.US_ASCII), 0, file, entry, 4);
    Path copy = Files.createDirectories(folder.resolve("changed"));
    Files.write(copy.resolve("video.mp4"), file);
    try (Origin other = new Origin(copy)) {
      client.send(
          "start",
          JsonObject.of("url", other.url("video.mp4").toString())
              .with("rec_dir", recordings().toString())
              .with("provider", Map.of("provider_id", "Direct")));
      assertThat(client.receive("stop").text("error_id")).contains("drm_protected");
    }
  }

  @Test
  void refusesAtOnceWhatTimeWontChange() throws Exception {
    origin.serve("page.html", "<!DOCTYPE html><html></html>");
    origin.serve("garbage.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-ENDLIST\n");
    origin.serve(
        "drm.m3u8",
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:4
        #EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:x",KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"
        #EXTINF:4,
        s0.ts
        #EXT-X-ENDLIST
        """);
    assertError(refuse("nothing.mp4"), "failure", "404");
    assertError(refuse("page.html"), "failure", "web page");
    assertError(refuse("garbage.m3u8"), "failure", "without segments");
    assertError(refuse("drm.m3u8"), "drm_protected", "Widevine");
    origin.route("mp4/video.mp4", _ -> Answer.status(403));
    assertError(refuse("mp4/video.mp4"), "forbidden", "403");
    assertThat(recordings()).doesNotExist();
  }

  private static void assertError(JsonObject stop, String errorId, String message) {
    assertThat(stop.text("reason")).contains("error");
    assertThat(stop.text("error_id")).as(stop.toString()).contains(errorId);
    assertThat(stop.text("msg").orElse("")).contains(message);
    assertThat(stop.text("command")).contains("start");
  }

  @Test
  void removesWhatAnEarlierRecordingLeftAndNothingElse() throws Exception {
    Files.createDirectories(recordings());
    Files.writeString(recordings().resolve("stream_7.ts"), "old");
    Files.writeString(recordings().resolve("mine.ts"), "mine");
    assertComplete(record("mp4/video.mp4"));
    assertThat(recordings().resolve("stream_7.ts")).doesNotExist();
    assertThat(recordings().resolve("mine.ts")).hasContent("mine");
  }

  @Test
  void thePluginsOwnSequenceFromAClientInAnotherLanguage() throws Exception {
    Path provider = Files.createDirectories(folder.resolve("providers/Shelf"));
    Files.writeString(
        provider.resolve("config.json"),
        """
        {"title": "A shelf", "quality": "720p", "items": [
          {"category": "Films", "title": "A moving picture", "url": "%s"},
          {"category": "Other", "title": "Something else", "url": "http://127.0.0.1/x"}]}
        """
            .formatted(origin.url("variants/master.m3u8")));
    Process plugin =
        new ProcessBuilder(
                "perl",
                "src/test/perl/plugin.pl",
                String.valueOf(server.port()),
                "Shelf",
                recordings().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(plugin.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(plugin.waitFor()).as(said).isZero();
    assertSameFrames(
        recordings().resolve("stream_0.ts"), Media.joined(Media.variants().resolve("high")));
  }
}
