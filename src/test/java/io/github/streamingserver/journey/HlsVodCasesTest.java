package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.EditedMedia;
import io.github.streamingserver.testkit.Facts;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Finished playlists of MPEG-TS, whatever their form: each is recorded frame by frame. */
class HlsVodCasesTest {
  @RegisterExtension private final Journey journey = new Journey(Settings.FAST);

  static Stream<Arguments> streams() {
    Path all = Media.byteRanges().resolve("all.ts");
    return Stream.of(
        Arguments.of("hls", Media.joined(Media.hls())),
        Arguments.of(name(Media.byteRanges()), all),
        Arguments.of(name(EditedMedia.continuedByteRanges()), all),
        Arguments.of(name(EditedMedia.leadingJunk()), Media.joined(Media.hls())),
        Arguments.of(name(Media.wrappingTimestamps()), Media.joined(Media.wrappingTimestamps())));
  }

  private static String name(Path stream) {
    return Media.root().relativize(stream).toString();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void holdsItsSource(String stream, Path source) throws Exception {
    Recording recording = journey.record(stream + "/index.m3u8");
    recording.assertComplete().assertRecorder("hls_basic").assertHolds(source);
    assertThat(Frames.video(recording.section(0))).hasSize(Media.FRAMES);
  }

  @Test
  void byteRangesAreAskedForAndNotTheWholeFile() throws Exception {
    journey.record(name(EditedMedia.continuedByteRanges()) + "/index.m3u8").assertComplete();
    assertThat(journey.origin().requests("ranges-continued/all.ts"))
        .hasSize(Media.SECONDS)
        .allMatch(request -> request.header("Range").matches("bytes=\\d+-\\d+"));
  }

  @Test
  void timestampsRunOnOverTheWrap() throws Exception {
    Recording recording = journey.record(name(Media.wrappingTimestamps()) + "/index.m3u8");
    recording.assertComplete().assertSections(1);
    Facts.assertTimesRise(recording.section(0), "v:0", 0.041);
    Facts.assertTimesRise(recording.section(0), "a:0", 0.05);
  }

  static Stream<Arguments> transfers() {
    return Stream.of(
        Arguments.of("gzip", (UnaryOperator<Answer>) Answer::gzipped),
        Arguments.of("chunks", (UnaryOperator<Answer>) Answer::chunked),
        Arguments.of("until the end", (UnaryOperator<Answer>) Answer::untilClose),
        Arguments.of("gzip in chunks", (UnaryOperator<Answer>) it -> it.gzipped().chunked()),
        Arguments.of(
            "another type", (UnaryOperator<Answer>) it -> it.with("Content-Type", "text/plain")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transfers")
  void playlistsComeInAnyCoding(String name, UnaryOperator<Answer> transfer) throws Exception {
    Path high = Media.variants().resolve("high");
    for (String path : List.of("variants/master.m3u8", "variants/high/index.m3u8")) {
      journey.origin().edit(path, transfer);
    }
    journey.record("variants/master.m3u8").assertComplete().assertHolds(Media.joined(high));
  }

  private String listed(UnaryOperator<List<ListedSegment>> edit) {
    List<ListedSegment> segments =
        new Part(Media.hls(), 0, 10).listed(journey.origin().url("hls/"));
    return ListedSegment.vod(edit.apply(new ArrayList<>(segments)));
  }

  private static Path without(int segment) {
    return Media.joined(
        List.of(new Part(Media.hls(), 0, segment), new Part(Media.hls(), segment + 1, 10)));
  }

  @Test
  void aGapIsLostAndNotAskedFor() throws Exception {
    String playlist =
        listed(
            segments -> {
              segments.set(4, segments.get(4).with("#EXT-X-GAP"));
              return segments;
            });
    journey
        .recordPlaylist("gap/index.m3u8", playlist)
        .assertEnded("complete", 1)
        .assertHolds(without(4))
        .assertLog("LOST segment 4");
    assertThat(journey.origin().requests("hls/s4.ts")).isEmpty();
  }

  static Stream<Arguments> losses() {
    byte[] garbage = new byte[50_000];
    new Random(1).nextBytes(garbage);
    return Stream.of(
        Arguments.of("garbage", garbage),
        Arguments.of("empty", new byte[0]),
        Arguments.of("shorter than a packet", new byte[100]),
        Arguments.of("a page", "<html>no video</html>".repeat(200).getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void whatIsNoTransportStreamIsLostAndNothingElse(String name, byte[] segment) throws Exception {
    journey.origin().serve("hls/s6.ts", segment);
    journey
        .record("hls/index.m3u8")
        .assertEnded("complete", 1)
        .assertHolds(without(6))
        .assertLog("LOST segment 6");
  }

  @Test
  void aSegmentThatIsGoneIsLost() throws Exception {
    journey.origin().route("hls/s0.ts", _ -> Answer.status(404));
    journey
        .record("hls/index.m3u8")
        .assertEnded("complete", 1)
        .assertHolds(new Part(Media.hls(), 1, 10).joined());
  }

  @Test
  void timestampsThatBeginAnewRunOnInOneSection() throws Exception {
    Part first = new Part(Media.hls(), 0, 5);
    Part anew = new Part(Media.wrappingTimestamps(), 0, 5);
    List<ListedSegment> segments = new ArrayList<>(first.listed(journey.origin().url("hls/")));
    segments.addAll(ListedSegment.discontinuous(anew.listed(journey.origin().url("wrap/"))));
    Recording recording =
        journey.recordPlaylist("anew/index.m3u8", ListedSegment.vod(segments)).assertComplete();
    recording.assertHolds(Media.joined(List.of(first, anew)));
    Facts.assertTimesRise(recording.section(0), "v:0", 0.1);
    Facts.assertTimesRise(recording.section(0), "a:0", 0.1);
  }

  @Test
  void aVariantThatFailsFallsBackToTheNextLowerOne() throws Exception {
    Path low = Media.variants().resolve("low");
    journey.origin().route("variants/high/index.m3u8", _ -> Answer.status(404));
    journey.record("variants/master.m3u8").assertComplete().assertHolds(Media.joined(low));
  }

  @Test
  void aRedundantVariantIsABackup() throws Exception {
    Path high = Media.variants().resolve("high");
    String master =
        """
        #EXTM3U
        #EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=160x90
        %slow/index.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
        %sgone/index.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
        %shigh/index.m3u8
        """
            .formatted(
                journey.origin().url("variants/"),
                journey.origin().url("variants/"),
                journey.origin().urlOnOtherHost("variants/"));
    journey
        .recordPlaylist("redundant/master.m3u8", master)
        .assertComplete()
        .assertHolds(Media.joined(high));
  }

  @Test
  void whatFailsForAWhileIsNotLost() throws Exception {
    Fault broken = new Fault.Status(503, Map.of());
    journey.origin().fail("hls/s2.ts", broken, new Fault.CutAfter(1000), broken, broken, broken);
    journey.origin().fail("hls/s5.ts", new Fault.StallAfter(5000), new Fault.ResetAfter(5000));
    journey.record("hls/index.m3u8").assertComplete().assertHolds(Media.joined(Media.hls()));
  }
}
