package io.github.streamingserver.journey;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Recording;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Advertisements in a live channel, and what comes between its programmes. */
@Execution(ExecutionMode.CONCURRENT)
class HlsLiveBreaksCasesTest {
  private static final Instant BEGIN = Instant.EPOCH;
  private static final String FILLER = "stitch/3_ad_bumper_/720p";
  private static final Part BEFORE = new Part(Media.hls(), 0, 4);
  private static final Part AFTER = new Part(Media.hls(), 4, 7);
  private static final Part ADS = new Part(Media.variants().resolve("low"), 0, 4);

  /** Of the programme's size: nothing but its address tells what it is. */
  private static final Part BUMPER = new Part(Media.wrappingTimestamps(), 7, 10);

  @RegisterExtension private final Journey journey = new Journey(Settings.FAST_LIVE);

  private List<ListedSegment> programme(Part part) {
    return ListedSegment.discontinuous(part.listed(journey.origin().url("hls/")));
  }

  private List<ListedSegment> bumper() {
    journey.origin().mount(FILLER, BUMPER.hls());
    URI folder = journey.origin().urlOnOtherHost(FILLER + "/");
    return ListedSegment.discontinuous(BUMPER.listed(folder));
  }

  /** Four segments of programme are listed; a break of filler and the rest are to come. */
  private LiveChannel interrupted() {
    LiveChannel channel =
        new LiveChannel(6, 1).add(programme(BEFORE)).add(bumper()).add(programme(AFTER));
    journey.origin().route(Journey.LIVE, channel.advance(4));
    return channel;
  }

  @Test
  void fillerIsLeftOutAndNotCountedAsLost() throws Exception {
    LiveChannel channel = interrupted();
    journey.beginLive(Journey.LIVE, 4, false);
    channel.advanceAfterEachLoad(2).endAtLast();
    journey.await().assertComplete().assertHoldsParts(BEFORE, AFTER);
  }

  @Test
  void fillerIsASectionWhereItIsWanted() throws Exception {
    LiveChannel channel = interrupted();
    journey.beginLive(Journey.LIVE, 4, true);
    channel.advanceAfterEachLoad(2).endAtLast();
    journey
        .await()
        .assertComplete()
        .assertRecorder("hls_live")
        .assertHolds(BEFORE.joined(), BUMPER.joined(), AFTER.joined());
  }

  @Test
  void aChannelThatBeginsInABreakWaitsForTheProgramme() throws Exception {
    LiveChannel channel = new LiveChannel(4, 1).add(bumper()).add(programme(BEFORE)).advance(3);
    journey.origin().route(Journey.LIVE, channel.advanceAfterEachLoad(1).endAtLast());
    journey.record(Journey.LIVE).assertComplete().assertHolds(BEFORE.joined());
  }

  @Test
  void aBreakOnAnotherHostWithItsOwnCount() throws Exception {
    URI host = journey.origin().urlOnOtherHost("variants/low/");
    LiveChannel channel =
        new LiveChannel(4, 1)
            .add(programme(BEFORE))
            .add(ListedSegment.discontinuous(ADS.listed(host)))
            .add(programme(AFTER))
            .dated(BEGIN)
            .restart(140);
    journey.beginLive(channel, 4);
    channel.afterLoad(it -> it.restart(0)).afterLoad(it -> it.restart(144).endAtLast());
    journey.await().assertComplete().assertHolds(BEFORE.joined(), ADS.joined(), AFTER.joined());
  }

  @Test
  void aPlaylistThatEndsGoesOnWithTheNextProgramme() throws Exception {
    LiveChannel channel =
        new LiveChannel(4, 1).add(programme(BEFORE)).add(programme(AFTER)).dated(BEGIN).restart(70);
    journey.beginLive(channel, 4);
    channel.end().afterLoad(it -> it.restart(0).endAtLast());
    assertHoldsBoth(journey.await());
  }

  private static void assertHoldsBoth(Recording recording) {
    recording.assertComplete().assertHolds(Media.joined(List.of(BEFORE, AFTER)));
  }

  @Test
  void theNextProgrammeHasAPlaylistOfItsOwn() throws Exception {
    LiveChannel first = new LiveChannel(4, 1).add(programme(BEFORE)).dated(BEGIN).advance(4);
    LiveChannel second =
        new LiveChannel(4, 1).add(programme(AFTER)).dated(BEGIN.plusSeconds(4)).advance(2);
    journey.origin().route("live/1.m3u8", first);
    journey.origin().route("live/2.m3u8", second);
    serveMaster("1.m3u8");
    journey.beginLive("live/master.m3u8", 4, false);
    first.end().afterLoad(_ -> serveMaster("2.m3u8"));
    second.advanceAfterEachLoad(1).endAtLast();
    assertHoldsBoth(journey.await());
  }

  private void serveMaster(String playlist) {
    journey
        .origin()
        .route(
            "live/master.m3u8",
            _ ->
                Answer.text(
                    "master.m3u8",
                    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180\n"
                        + playlist
                        + "\n"));
  }

  /** Filler at the end of a programme is no reason to believe in the end. */
  @Test
  void aProgrammeThatEndsInABreakGoesOn() throws Exception {
    LiveChannel channel =
        new LiveChannel(8, 1)
            .add(programme(BEFORE))
            .add(bumper())
            .add(programme(AFTER))
            .dated(BEGIN)
            .advance(4);
    journey.beginLive(channel, 4);
    channel.advance(3).end().afterLoad(it -> it.restart(0).endAtLast());
    journey.await().assertComplete().assertHoldsParts(BEFORE, AFTER);
  }
}
