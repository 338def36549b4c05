package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityTest {
  @ParameterizedTest
  @CsvSource({
    "provider, provider",
    "best, best",
    "adaptive, adaptive",
    "2160p, 2160p",
    "1440p, 1440p",
    "1080p, 1080p",
    "720p, 720p",
    "480p, 480p",
    "360p, 360p",
    "240p, 240p",
    "144p, 144p",
    "BEST, best",
    "' 720P ', 720p",
  })
  void isReadAndWrittenAsTheProtocolNamesIt(String text, String written) {
    Quality quality = Quality.parse(text);
    assertThat(quality).hasToString(written).isEqualTo(Quality.parse(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "720",
        "p",
        "721p",
        "-720p",
        "0720p",
        "720 p",
        "worst",
        "4k",
        "99999999999p"
      })
  void refusesOtherWordsAndNamesTheRightOnes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quality.parse(text))
        .withMessageContaining("adaptive")
        .withMessageContaining("144p");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -720, 576, 1079, 4320, Integer.MAX_VALUE})
  void refusesHeightsThatNothingIsLabelledWith(int lines) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quality.Height(lines))
        .withMessageContaining(Integer.toString(lines));
  }
}
