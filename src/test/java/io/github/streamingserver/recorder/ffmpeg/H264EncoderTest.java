package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264EncoderTest {
  @ParameterizedTest
  @CsvSource({
    "libx264 libopenh264, X264",
    "h264_v4l2m2m libopenh264 h264_nvenc, OPENH264",
    "h264_v4l2m2m h264_vaapi, V4L2",
    "libx264rgb h264_vaapi libx265, none",
    "mpeg2video, none"
  })
  void takesTheBestThatNeedsNoGraphicsCard(String names, String expected) {
    String listed =
        Stream.of(names.split(" ", -1))
            .map(name -> " V....D " + name + "   libx264 in a description")
            .collect(Collectors.joining("\n", "Encoders:\n V..... = Video\n ------\n", "\n"));
    assertThat(H264Encoder.in(listed).map(Enum::name).orElse("none")).isEqualTo(expected);
  }
}
