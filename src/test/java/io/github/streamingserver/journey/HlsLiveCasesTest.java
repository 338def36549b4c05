package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Facts;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Recording;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live playlists of MPEG-TS: where a recording begins, what it follows, and how it ends. */
@Execution(ExecutionMode.CONCURRENT)
class HlsLiveCasesTest {
  @RegisterExtension private final Journey journey = new Journey(Settings.FAST_LIVE);

  private static Part part(int from, int to) {
    return new Part(Media.hls(), from, to);
  }

  private List<ListedSegment> segments(int from, int to) {
    return part(from, to).listed(journey.origin().url("hls/"));
  }

  /** A channel whose window shows the first {@code shown} of ten segments. */
  private LiveChannel channel(int window, int shown) {
    return new LiveChannel(window, 1).add(segments(0, 10)).advance(shown);
  }

  private static void assertWhole(Recording recording) {
    recording.assertComplete().assertRecorder("hls_live").assertHolds(Media.joined(Media.hls()));
  }

  @ParameterizedTest(name = "window of {0}, {1} more a load")
  @CsvSource({"5, 2", "5, 5", "10, 3"})
  void isFollowedToItsEnd(int window, int eachLoad) throws Exception {
    LiveChannel channel = channel(window, 5);
    journey.beginLive(channel, 5);
    channel.advanceAfterEachLoad(eachLoad).endAtLast();
    assertWhole(journey.await());
  }

  @Test
  void anEventIsFollowedToItsEnd() throws Exception {
    LiveChannel channel = channel(LiveChannel.EVENT, 3);
    journey.beginLive(channel, 3);
    channel.advanceAfterEachLoad(3).endAtLast();
    assertWhole(journey.await());
  }

  /** Segments that say six seconds: a window of a minute. */
  private LiveChannel minute() {
    return new LiveChannel(10, 6)
        .add(
            segments(0, 10).stream()
                .map(segment -> new ListedSegment(segment.tags(), 6, segment.uri()))
                .toList())
        .advance(10);
  }

  /** With so many segments wanted before playback, the first is one of these. */
  @ParameterizedTest
  @CsvSource({"2, 5, 8", "5, 5, 5", "8, 0, 2"})
  void beginsNearTheEdgeWithEnoughToPlay(int buffering, int earliest, int latest) throws Exception {
    journey.origin().route(Journey.LIVE, minute());
    journey.ask(Journey.LIVE, JsonObject.of("buffering", buffering));
    journey.awaitStart();
    Recording recording = stop();
    List<String> all = Frames.video(Media.joined(Media.hls()));
    List<String> recorded = Frames.video(recording.section(0));
    int first = all.indexOf(recorded.getFirst());
    assertThat(first).isBetween(earliest * 25, latest * 25);
    assertThat(recorded)
        .hasSizeGreaterThanOrEqualTo(buffering * 25)
        .isEqualTo(all.subList(first, first + recorded.size()));
  }

  private Recording stop() throws Exception {
    journey.client().send("stop", JsonObject.empty());
    return journey.await().assertEnded("user", 0).assertRecorder("hls_live");
  }

  @Test
  void beginsWithTheWholeWindowWhereThatIsWanted() throws Exception {
    journey.beginLive(minute(), 10);
    stop().assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void aSequenceThatRestartsLowerLosesNothing() throws Exception {
    LiveChannel channel =
        new LiveChannel(5, 1).add(segments(0, 10)).dated(Instant.EPOCH).restart(1000);
    journey.beginLive(channel, 5);
    channel.restart(3).endAtLast();
    assertWhole(journey.await());
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void segmentsThatWereNeverListedAreLost(int passed) throws Exception {
    LiveChannel channel = channel(3, 3);
    journey.beginLive(channel, 3);
    channel.jump(passed).advanceAfterEachLoad(2).endAtLast();
    journey
        .await()
        .assertEnded("complete", passed)
        .assertHolds(Media.joined(List.of(part(0, 3), part(3 + passed, 10))))
        .assertLog("LOST");
  }

  /** Half a target duration from load to load where nothing has changed (RFC 8216 §6.3.4). */
  @Test
  void aPlaylistThatStandsStillForThreeTargetDurationsGoesOn() throws Exception {
    LiveChannel channel = channel(5, 5);
    journey.beginLive(channel, 5);
    channel.standStill(7).advanceAfterEachLoad(2).endAtLast();
    assertWhole(journey.await());
  }

  @Test
  void timestampsThatBeginAnewRunOn() throws Exception {
    Part anew = new Part(Media.wrappingTimestamps(), 2, 7);
    LiveChannel channel =
        new LiveChannel(4, 1)
            .add(segments(0, 4))
            .add(ListedSegment.discontinuous(anew.listed(journey.origin().url("wrap/"))))
            .advance(4);
    journey.beginLive(channel, 4);
    channel.advanceAfterEachLoad(2).endAtLast();
    Recording recording = journey.await().assertComplete();
    recording.assertHolds(Media.joined(List.of(part(0, 4), anew)));
    Facts.assertTimesRise(recording.section(0), "v:0", 0.1);
    Facts.assertTimesRise(recording.section(0), "a:0", 0.1);
  }

  @Test
  void theClientEndsIt() throws Exception {
    journey.beginLive(channel(6, 6), 6);
    stop().assertHolds(part(0, 6).joined());
  }

  @Test
  void itsOwnDurationEndsIt() throws Exception {
    LiveChannel channel = channel(6, 6);
    journey.origin().route(Journey.LIVE, channel);
    Recording recording =
        journey.record(Journey.LIVE, JsonObject.of("duration", 6)).assertComplete();
    assertThat(Frames.video(recording.section(0)))
        .isNotEmpty()
        .isSubsetOf(Frames.video(part(0, 6).joined()));
    Frames.assertNoDecodeErrors(recording.section(0));
  }
}
