package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Texts.media;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaUpdateTest {
  private static final MediaPlaylist FULL =
      media(
          "#EXT-X-MEDIA-SEQUENCE:10",
          "#EXT-X-DISCONTINUITY-SEQUENCE:3",
          "#EXT-X-DATERANGE:ID=\"old\",START-DATE=\"2024-01-01T00:00:00Z\"",
          "#EXT-X-DATERANGE:ID=\"kept\",START-DATE=\"2024-01-01T00:00:00Z\"",
          "#EXT-X-KEY:METHOD=AES-128,URI=\"k1\"",
          "#EXT-X-MAP:URI=\"init1\"",
          "#EXTINF:6,\n10.ts",
          "#EXTINF:6,\n11.ts",
          "#EXT-X-DISCONTINUITY",
          "#EXT-X-MAP:URI=\"init2\"",
          "#EXTINF:6,\n12.ts",
          "#EXTINF:6,\n13.ts");

  @Test
  void completesTheUpdate() {
    MediaPlaylist update =
        media(
            "#EXT-X-MEDIA-SEQUENCE:11",
            "#EXT-X-DISCONTINUITY-SEQUENCE:3",
            "#EXT-X-SKIP:SKIPPED-SEGMENTS=2,RECENTLY-REMOVED-DATERANGES=\"old\tother\"",
            "#EXTINF:6,\n13.ts",
            "#EXT-X-DISCONTINUITY",
            "#EXT-X-KEY:METHOD=NONE",
            "#EXTINF:6,\n14.ts",
            "#EXT-X-MAP:URI=\"init3\"",
            "#EXTINF:6,\n15.ts");

    MediaPlaylist whole = DeltaUpdate.apply(FULL, update);

    assertThat(update.segments()).extracting(Segment::sequence).containsExactly(13L, 14L, 15L);
    assertThat(whole.skip()).isEmpty();
    assertThat(whole.segments())
        .extracting(Segment::rawUri)
        .containsExactly("11.ts", "12.ts", "13.ts", "14.ts", "15.ts");
    assertThat(whole.segments())
        .extracting(Segment::sequence)
        .containsExactly(11L, 12L, 13L, 14L, 15L);
    assertThat(whole.segments())
        .extracting(Segment::discontinuitySequence)
        .containsExactly(3L, 4L, 4L, 5L, 5L);
    assertThat(whole.segments())
        .extracting(segment -> segment.key().isPresent())
        .containsExactly(true, true, true, false, false);
    assertThat(whole.segments())
        .extracting(segment -> segment.map().orElseThrow().rawUri())
        .containsExactly("init1", "init2", "init2", "init2", "init3");
    assertThat(whole.dateRanges()).extracting(DateRange::id).containsExactly("kept");
  }

  @Test
  void leavesAWholePlaylistAlone() {
    MediaPlaylist next = media("#EXT-X-MEDIA-SEQUENCE:12", "#EXTINF:6,\n12.ts");

    assertThat(DeltaUpdate.apply(FULL, next)).isSameAs(next);
  }

  @ParameterizedTest
  @CsvSource({"9, 2", "10, 5", "13, 2", "14, 1", "4000000000000000000, 1"})
  void refusesToSkipWhatWasNeverSeen(long sequence, int skipped) {
    MediaPlaylist update =
        media(
            "#EXT-X-MEDIA-SEQUENCE:" + sequence,
            "#EXT-X-SKIP:SKIPPED-SEGMENTS=" + skipped,
            "#EXTINF:6,\nx.ts");

    assertThatThrownBy(() -> DeltaUpdate.apply(FULL, update))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("delta update skips segments that were never seen");
  }
}
