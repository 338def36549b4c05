package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.Request;
import io.github.streamingserver.testkit.ServerLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a live channel while it is recorded. */
@Execution(ExecutionMode.CONCURRENT)
class HlsLiveFaultsCasesTest {
  private static final String MASTER = "live/master.m3u8";
  private static final Fault BROKEN = new Fault.Status(500, Map.of());
  private static final Fault GONE = new Fault.Status(404, Map.of());

  @RegisterExtension private final Journey journey = new Journey(Settings.FAST_LIVE);

  private LiveChannel channel(String stream, int from, int to, int window) {
    Path hls = Media.root().resolve(stream);
    List<ListedSegment> segments =
        new Part(hls, from, to).listed(journey.origin().url(stream + "/"));
    return new LiveChannel(window, 1).add(segments).advance(5);
  }

  private LiveChannel channel(int window) {
    Media.hls();
    return channel("hls", 0, 10, window);
  }

  private static void assertWhole(Recording recording) {
    recording.assertComplete().assertRecorder("hls_live").assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void aPlaylistThatFailsForAWhile() throws Exception {
    LiveChannel channel = channel(8);
    journey.beginLive(channel, 5);
    journey
        .origin()
        .fail(
            Journey.LIVE,
            BROKEN,
            new Fault.ResetAfter(20),
            new Fault.StallAfter(30),
            new Fault.Page(),
            new Fault.CutAfter(100),
            GONE);
    channel.advanceAfterEachLoad(1).endAtLast();
    assertWhole(journey.await());
  }

  /** Cut between two lines, a playlist reads as one of fewer segments: its length tells. */
  @Test
  void aPlaylistThatBreaksOffIsNotBelieved() throws Exception {
    LiveChannel channel = channel(10);
    journey.beginLive(channel, 5);
    channel.advance(5).end();
    journey.origin().fail(Journey.LIVE, new Fault.CutAfter(300), new Fault.CutAfter(400));
    assertWhole(journey.await());
  }

  @Test
  void aSegmentThatFailsWhileItIsListedComes() throws Exception {
    LiveChannel channel = channel(10);
    journey.beginLive(channel, 5);
    journey
        .origin()
        .fail(
            "hls/s6.ts",
            BROKEN,
            new Fault.CutAfter(3000),
            GONE,
            new Fault.StallAfter(1000),
            new Fault.Page(),
            BROKEN);
    channel.advanceAfterEachLoad(3).endAtLast();
    assertWhole(journey.await());
  }

  static Stream<Arguments> oddities() {
    byte[] junk = new byte[20_000];
    new Random(1).nextBytes(junk);
    return Stream.of(
        Arguments.of("junk", Answer.bytes("s6.ts", junk)),
        Arguments.of("much junk", Answer.bytes("s6.ts", "junk ".repeat(40_000).getBytes(UTF_8))),
        Arguments.of("nothing", Answer.bytes("s6.ts", new byte[0])),
        Arguments.of("redirects in a circle", Answer.redirect(302, "/circle")),
        Arguments.of("a coding of its own", Answer.status(200).with("Content-Encoding", "own")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddities")
  void aSegmentThatIsOddOnceComes(String name, Answer odd) throws Exception {
    LiveChannel channel = channel(10);
    journey.origin().route("circle", _ -> Answer.redirect(302, "/circle"));
    journey.beginLive(channel, 5);
    journey.origin().fail("hls/s6.ts", new Fault.Instead(odd));
    try (ServerLog log = new ServerLog("org.apache.pekko")) {
      channel.advanceAfterEachLoad(3).endAtLast();
      assertWhole(journey.await());
      assertThat(log.lines(journey.origin().url("hls/s6.ts").toString())).isEmpty();
    }
  }

  @Test
  void aSegmentThatIsGoneIsLostAndNothingElse() throws Exception {
    LiveChannel channel = channel(10);
    journey.beginLive(channel, 5);
    journey.origin().route("hls/s6.ts", _ -> Answer.status(404));
    channel.advanceAfterEachLoad(2).endAtLast();
    journey
        .await()
        .assertEnded("complete", 1)
        .assertHolds(
            Media.joined(List.of(new Part(Media.hls(), 0, 6), new Part(Media.hls(), 7, 10))))
        .assertLog("LOST", "404");
  }

  /** Answers a request only where its token is the valid one. */
  private static Function<Request, Answer> signed(LiveChannel channel, AtomicInteger valid) {
    return request ->
        request.query().equals("token=" + valid) ? channel.apply(request) : Answer.status(403);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTokenThatExpiresIsRenewedAtTheOriginalUrl(boolean redirected) throws Exception {
    LiveChannel channel = channel(10);
    AtomicInteger valid = new AtomicInteger(1);
    journey.origin().route(Journey.LIVE, signed(channel, valid));
    journey
        .origin()
        .route(
            MASTER,
            _ ->
                redirected
                    ? Answer.redirect(302, "index.m3u8?token=" + valid)
                    : Answer.text(
                        MASTER,
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nindex.m3u8?token=" + valid));
    journey.beginLive(MASTER, 5, false);
    valid.set(2);
    channel.advance(5).end();
    assertWhole(journey.await());
    assertThat(journey.origin().requests(Journey.LIVE))
        .extracting(Request::query)
        .contains("token=1", "token=2");
  }

  private void serveVariants(LiveChannel high, LiveChannel other, String line) {
    journey.origin().route("live/high.m3u8", high);
    journey.origin().route("live/other.m3u8", other);
    journey
        .origin()
        .serve(
            MASTER,
            """
            #EXTM3U
            #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
            high.m3u8
            #EXT-X-STREAM-INF:%s
            other.m3u8
            """
                .formatted(line));
  }

  @Test
  void aVariantThatFailsForGoodFallsBackToTheNextLowerOne() throws Exception {
    Path variants = Media.variants();
    LiveChannel low = channel("variants/low", 0, 10, 5);
    serveVariants(channel("variants/high", 0, 10, 5), low, "BANDWIDTH=200000,RESOLUTION=160x90");
    journey.beginLive(MASTER, 5, false);
    journey.origin().route("live/high.m3u8", _ -> Answer.status(404));
    low.advance(5).end();
    journey
        .await()
        .assertComplete()
        .assertHolds(
            new Part(variants.resolve("high"), 0, 5).joined(),
            new Part(variants.resolve("low"), 5, 10).joined());
  }

  @Test
  void aRedundantVariantGoesOnInTheSameSection() throws Exception {
    LiveChannel backup = channel(5);
    serveVariants(channel(5), backup, "BANDWIDTH=500000,RESOLUTION=320x180");
    journey.beginLive(MASTER, 5, false);
    journey.origin().route("live/high.m3u8", _ -> Answer.status(503));
    backup.advance(5).end();
    assertWhole(journey.await());
  }

  @Test
  void whereProtectionBeginsLaterTheClearLeadStays() throws Exception {
    LiveChannel channel = channel(5);
    journey.beginLive(channel, 5);
    channel
        .add(
            List.of(
                new ListedSegment(
                    List.of(
                        "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://a\","
                            + "KEYFORMAT=\"com.apple.streamingkeydelivery\""),
                    1,
                    journey.origin().url("hls/s0.ts").toString())))
        .advance(6);
    Recording recording = journey.await();
    assertThat(recording.stop().text("error_id")).contains("drm_protected");
    assertThat(recording.stop().text("msg").orElse("")).contains("FairPlay");
    Path recorded = recording.section(0);
    assertThat(Frames.video(recorded)).hasSizeGreaterThanOrEqualTo(5 * 25);
  }

  @Test
  void aPlaylistThatStaysAwayEndsItWithWhatThereIs() throws Exception {
    journey.beginLive(channel(5), 5);
    journey.origin().route(Journey.LIVE, _ -> Answer.status(403));
    Recording recording = journey.await();
    assertThat(recording.stop().text("error_id")).contains("forbidden");
    recording.assertHolds(new Part(Media.hls(), 0, 5).joined());
  }
}
