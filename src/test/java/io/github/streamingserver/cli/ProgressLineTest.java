package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final JsonObject LIVE =
      JsonObject.of("bytes", 123_456_789)
          .with("bytes_per_second", 8.2e6)
          .with("segments", 45)
          .with("lost_segments", 2)
          .with("media_seconds", 754.2);

  private static final JsonObject FILE =
      LIVE.with("total_bytes", 400_000_000).with("percent", 30.86).with("eta_seconds", 83);

  @Test
  void drawsABarWhereTheEndIsKnown() {
    assertThat(ProgressLine.draw(FILE, 79))
        .isEqualTo(
            "[###--------]  30.9%  123.5 MB of 400.0 MB  8.2 MB/s  ETA 1:23  45 seg  2 lost");
  }

  @Test
  void drawsFactsAloneWhereNothingTellsTheEnd() {
    assertThat(ProgressLine.draw(LIVE, 79))
        .isEqualTo("123.5 MB  8.2 MB/s  45 seg  2 lost  12:34 of video");
  }

  @Test
  void neverExceedsTheWidth() {
    assertThat(IntStream.rangeClosed(1, 200))
        .allSatisfy(
            width -> {
              assertThat(Text.width(ProgressLine.draw(FILE, width))).isLessThanOrEqualTo(width);
              assertThat(Text.width(ProgressLine.draw(LIVE, width))).isLessThanOrEqualTo(width);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0,[--------]  0.0%  0 B",
    "50,[####----]  50.0%  0 B",
    "99.9,[#######-]  99.9%  0 B",
    "100,[########]  100.0%  0 B",
    "250,[########]  100.0%  0 B",
    "-1,0 B",
    "NaN,0 B",
  })
  void fillsTheBar(String percent, String drawn) {
    assertThat(ProgressLine.draw(JsonObject.of("percent", percent), 40)).isEqualTo(drawn);
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(ProgressLine.draw(JsonObject.empty(), 79)).isEqualTo("0 B");
  }
}
