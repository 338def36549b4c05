package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.MediaSource.Subtitles;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubtitleNamesTest {
  private static Subtitles subtitles(String language, String name, boolean forced) {
    return new Subtitles(URI.create("http://host/s.m3u8"), language, name, forced);
  }

  @ParameterizedTest
  @CsvSource({
    "en, English, false, en",
    "pt-BR, x, false, pt-BR",
    "en, x, true, en-forced",
    "'', Español (CC), false, Espa-ol-CC",
    "'', 日本語, false, und",
    "../../etc/passwd, x, false, etc-passwd",
    "abcdefghijklmnopqrstuvwxyz, x, true, abcdefghijklm-forced"
  })
  void areSafe(String language, String name, boolean forced, String expected) {
    assertThat(SubtitleNames.of(List.of(subtitles(language, name, forced))))
        .containsExactly(expected);
  }

  @Test
  void noTwoAreEqual() {
    Subtitles twenty = subtitles("abcdefghijklmnopqrst", "", false);
    assertThat(
            SubtitleNames.of(
                List.of(
                    subtitles("en", "One", false),
                    subtitles("EN", "Two", false),
                    subtitles("en-2", "Three", false),
                    twenty,
                    twenty)))
        .containsExactly("en", "EN-2", "en-2-2", "abcdefghijklmnopqrst", "abcdefghijklmnopqr-2");
  }
}
