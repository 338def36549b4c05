package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.testkit.ServerLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegFinderTest {
  @Test
  void whatIsMissingIsToldOnceHoweverOftenItIsAskedFor(@TempDir Path folder) {
    FfmpegFinder finder =
        new FfmpegFinder(
            ServerSettings.create(
                    ConfigFactory.parseString(
                            "streamingserver.recorder.m4s.ffmpeg = \"" + folder + "\"")
                        .withFallback(ConfigFactory.defaultReference()))
                .mux());
    try (ServerLog log = new ServerLog()) {
      assertThat(finder.find()).isEmpty();
      assertThat(finder.find()).isEmpty();
      assertThat(log.lines(folder.toString())).hasSize(1);
    }
  }
}
