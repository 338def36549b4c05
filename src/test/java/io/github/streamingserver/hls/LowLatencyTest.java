package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Texts.media;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LowLatencyTest {
  @Test
  void readsItsTags() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24,PART-HOLD-BACK=3.012",
            "#EXT-X-PART-INF:PART-TARGET=1.004",
            "#EXT-X-MEDIA-SEQUENCE:9",
            "#EXT-X-PART:DURATION=1,URI=\"9.mp4\",BYTERANGE=\"100@10\",INDEPENDENT=YES",
            "#EXT-X-PART:DURATION=1,URI=\"9.mp4\",BYTERANGE=\"50\",GAP=YES",
            "#EXTINF:6,",
            "9.mp4",
            "#EXT-X-PART:DURATION=0.5,URI=\"10.1.mp4\"",
            "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"10.2.mp4\",BYTERANGE-START=5",
            "#EXT-X-RENDITION-REPORT:URI=\"../b/index.m3u8\",LAST-MSN=10,LAST-PART=0");

    LowLatency low = playlist.lowLatency();
    assertThat(playlist.warnings()).isEmpty();
    assertThat(low.serverControl())
        .contains(
            new LowLatency.ServerControl(
                true,
                Optional.of(Duration.ofSeconds(24)),
                false,
                Optional.empty(),
                Optional.of(Duration.ofMillis(3012))));
    assertThat(low.partTarget()).contains(Duration.ofMillis(1004));
    assertThat(low.parts()).extracting(LowLatency.Part::sequence).containsExactly(9L, 9L, 10L);
    assertThat(low.parts())
        .extracting(LowLatency.Part::byteRange)
        .containsExactly(
            Optional.of(new ByteRange(10, 100)),
            Optional.of(new ByteRange(110, 50)),
            Optional.empty());
    assertThat(low.parts()).extracting(LowLatency.Part::gap).containsExactly(false, true, false);
    assertThat(low.preloadHints().getFirst().offset()).isEqualTo(5);
    assertThat(low.renditionReports().getFirst().lastSequence()).isEqualTo(OptionalLong.of(10));
    assertThat(low.renditionReports().getFirst().uri())
        .hasToString("https://cdn.test/live/b/index.m3u8");
  }

  @Test
  void readsDateRanges() {
    DateRange range =
        media(
                "#EXT-X-DATERANGE:ID=\"ad\",CLASS=\"c\",START-DATE=\"2024-01-01T00:00:00.5Z\","
                    + "DURATION=30,PLANNED-DURATION=31.5,END-ON-NEXT=YES,SCTE35-OUT=0xFC,X-A=\"b\"")
            .dateRanges()
            .getFirst();

    assertThat(range)
        .isEqualTo(
            new DateRange(
                "ad",
                Optional.of("c"),
                Optional.of(Instant.parse("2024-01-01T00:00:00.5Z")),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofMillis(31_500)),
                true,
                Map.of("SCTE35-OUT", "0xFC", "X-A", "b")));
  }
}
