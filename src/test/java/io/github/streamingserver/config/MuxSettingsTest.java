package io.github.streamingserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuxSettingsTest {
  private static MuxSettings with(String line) {
    Config config = ConfigFactory.parseString("streamingserver.recorder.m4s." + line);
    return MuxSettings.create(
        config.withFallback(ConfigFactory.defaultReference()).getConfig("streamingserver"));
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "copy, COPY", "Transcode, TRANSCODE"})
  void readsTheMode(String text, MuxMode mode) {
    assertThat(with("mode = " + text).mode()).isEqualTo(mode);
  }

  @Test
  void refusesAnotherModeByItsPlace() {
    assertThatExceptionOfType(ConfigException.BadValue.class)
        .isThrownBy(() -> with("mode = fast"))
        .withMessageContaining("mode")
        .withMessageContaining("[fast]");
  }

  @Test
  void anOwnersProgramsAreNoneOrAPath() {
    assertThat(with("ffmpeg = \"\"").ffmpeg()).isEmpty();
    assertThat(with("ffmpeg = /opt/ffmpeg").ffmpeg()).contains(Path.of("/opt/ffmpeg"));
    assertThat(MuxSettings.FFMPEG_KEY).isEqualTo("streamingserver.recorder.m4s.ffmpeg");
  }
}
