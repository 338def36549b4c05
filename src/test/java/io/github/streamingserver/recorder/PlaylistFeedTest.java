package io.github.streamingserver.recorder;

import static io.github.streamingserver.recorder.FakeOrigin.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a live channel's recording does as time passes, while playlists come and go. */
class PlaylistFeedTest {
  private final HlsRun run = new HlsRun();

  @AfterEach
  void close() {
    run.close();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void record(String... variants) {
    run.start(HlsRun.source(RecorderId.HLS_LIVE, variants));
  }

  /** Variants 720p and 480p of one channel. */
  private void twoQualities() {
    run.channel("720p", "high");
    run.channel("480p", "low");
    run.segments("high", 90, 200);
    run.segments("low", 90, 200);
  }

  @Test
  void allThatAppearsComesInOrder() {
    run.channel("720p", "high");
    run.segments("high", 90, 130);
    record("720p");
    run.pass(60);
    assertThat(run.whole()).isEqualTo(numbers(96, 110));
    assertThat(run.origin.asked("720p.m3u8")).isEqualTo(11);
  }

  @Test
  void anOutageOfAllIsWaitedOutInTheSameQuality() {
    twoQualities();
    record("720p", "480p");
    run.pass(30);
    run.origin.down(true);
    run.pass(240);
    run.origin.down(false);
    run.pass(60);
    assertThat(run.failure()).isEmpty();
    assertThat(run.whole().getLast()).isBetween(run.edge() - 1, run.edge());
    assertThat(run.folder()).isEqualTo("high");
    assertThat(run.whole().size() + run.missed() + run.lost().size())
        .isEqualTo(run.whole().getLast() - 95);
    assertThat(run.missed()).isBetween(30L, 40L);
  }

  @Test
  void anOutageForTheWholeBudgetEndsTheRecording() {
    run.channel("720p", "high");
    run.segments("high", 90, 200);
    record("720p");
    run.pass(30);
    run.origin.down(true);
    run.pass(350);
    assertThat(run.failure()).isEmpty();
    run.pass(40);
    assertThat(run.failure().orElseThrow().message()).startsWith("No connection");
    assertThat(run.whole()).isEqualTo(numbers(96, 105));
  }

  @Test
  void aPlaylistThatStandsStillIsLookedForInTheMaster() {
    twoQualities();
    run.origin.always(
        "master.m3u8", text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900000\n480p.m3u8\n"));
    record("720p");
    run.pass(12);
    run.origin.always("720p.m3u8", text(run.playlist("high", 97, 102)));
    run.pass(17);
    assertThat(run.origin.asked("master.m3u8")).isZero();
    run.pass(31);
    assertThat(run.origin.asked("master.m3u8")).isEqualTo(1);
    run.assertThatNothingIsMissing();
  }

  @Test
  void aChannelThatMovedIsLookedForInTheMaster() {
    twoQualities();
    run.origin.always(
        "master.m3u8", text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900000\n480p.m3u8\n"));
    record("720p");
    run.pass(30);
    run.origin.always("720p.m3u8", new Answer.Status(404));
    run.pass(60);
    run.assertThatNothingIsMissing();
    assertThat(run.folder()).isEqualTo("low");
  }

  @Test
  void whatLiesBeforeAProtectedSegmentComes() {
    run.segments("high", 90, 200);
    String key = "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n#EXTINF:6,\nhigh/103.ts";
    run.channel("720p", "high");
    record("720p");
    run.pass(12);
    run.origin.always("720p.m3u8", text(run.playlist("high", 98, 102, key)));
    run.pass(12);
    assertThat(run.whole()).isEqualTo(numbers(96, 102));
    assertThat(run.failure()).contains(new StreamFailure.DrmProtected(DrmScheme.SAMPLE_AES));
    assertThat(run.isComplete()).isTrue();
  }

  @Test
  void aChannelThatEndedAndVanishedIsComplete() {
    run.segments("high", 90, 200);
    run.channel("720p", "high");
    record("720p");
    run.pass(12);
    run.origin.script(
        "720p.m3u8", text(run.playlist("high", 98, 103, "#EXT-X-ENDLIST")), new Answer.Status(404));
    run.pass(40);
    assertThat(run.failure()).isEmpty();
    assertThat(run.isComplete()).isTrue();
    assertThat(run.whole()).isEqualTo(numbers(96, 103));
  }

  @Test
  void aDeltaUpdateWithoutItsBaseIsAHiccup() {
    run.segments("high", 90, 200);
    String delta =
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:6
        #EXT-X-VERSION:9
        #EXT-X-MEDIA-SEQUENCE:98
        #EXT-X-SKIP:SKIPPED-SEGMENTS=900
        #EXTINF:6,
        high/999.ts
        """;
    run.channel("720p", "high");
    record("720p");
    run.pass(12);
    run.origin.always("720p.m3u8", text(delta));
    run.pass(6);
    run.channel("720p", "high");
    run.pass(42);
    assertThat(run.failure()).isEmpty();
    run.assertThatNothingIsMissing();
  }

  @Test
  void aChannelThatBringsNothingNewTimesOut() {
    run.segments("high", 90, 200);
    run.origin.always("720p.m3u8", text(run.playlist("high", 95, 100)));
    record("720p");
    run.pass(359);
    assertThat(run.failure()).isEmpty();
    run.pass(10);
    assertThat(run.failure().orElseThrow().errorId()).isEqualTo(ErrorId.TIMEOUT);
    assertThat(run.whole()).isEqualTo(numbers(96, 100));
  }
}
