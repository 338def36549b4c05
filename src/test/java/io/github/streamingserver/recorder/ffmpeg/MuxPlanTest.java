package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.mp4.Mp4Facts;
import io.github.streamingserver.mp4.Mp4Track;
import io.github.streamingserver.mpegts.StreamCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MuxPlanTest {
  /** {@code vide:avc1 soun:mp4a}, {@code ts:H264 AAC_ADTS}, or {@code packed:AC3}. */
  private static MuxInput input(String text) {
    if (text.startsWith("ts:")) {
      return MuxInput.mpegts(
          Arrays.stream(text.substring(3).split(" ", -1)).map(StreamCodec::valueOf).toList());
    }
    if (text.startsWith("packed:")) {
      return MuxInput.packedAudio(InputFormat.valueOf(text.substring(7)), Duration.ofSeconds(5));
    }
    List<Mp4Track> tracks =
        Arrays.stream(text.split(" ", -1))
            .map(track -> track.split(":", 2))
            .map(track -> new Mp4Track(track[0], track[1], 1000, 0, 0, false))
            .toList();
    return MuxInput.mp4(new Mp4Facts("iso5", true, true, tracks, Duration.ZERO, Set.of()));
  }

  private static String plan(MuxMode mode, String inputs) {
    List<MuxInput> all = Arrays.stream(inputs.split(" \\+ ", -1)).map(MuxPlanTest::input).toList();
    return MuxPlan.of(mode, all).outputs().stream()
        .map(out -> out.input() + " " + out.kind() + (out.transcoded() ? " transcoded" : " copied"))
        .collect(Collectors.joining(", "));
  }

  /** ffmpeg is given no input that it would take nothing of. */
  @ParameterizedTest
  @CsvSource({
    "vide:avc1, soun:mp4a, true",
    "vide:avc1 soun:mp4a, ts:AAC_ADTS, true",
    "vide:avc1 soun:mp4a, text:wvtt, false",
    "vide:avc1, vide:avc1, false",
    "soun:mp4a, soun:mp4a, false",
    "ts:AAC_ADTS, vide:avc1 soun:mp4a, false"
  })
  void inputsThatJoin(String picture, String sound, boolean expected) {
    List<MuxInput> both = List.of(input(picture), input(sound));
    assertThat(MuxPlan.joins(both.getFirst(), both.getLast())).isEqualTo(expected);
    boolean all =
        Stream.of(0, 1)
            .allMatch(
                number ->
                    MuxPlan.of(MuxMode.AUTO, both).outputs().stream()
                        .anyMatch(out -> out.input() == number));
    assertThat(all).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTO | vide:avc1 soun:mp4a | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | vide:avc3 soun:ac-3 | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | vide:hvc1 soun:.mp3 | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | vide:hev1 soun:Opus | 0 VIDEO copied, 0 AUDIO transcoded",
        "AUTO | vide:dvh1 soun:fLaC | 0 VIDEO copied, 0 AUDIO transcoded",
        "AUTO | vide:vp09 soun:mp4a | 0 VIDEO transcoded, 0 AUDIO copied",
        "AUTO | vide:av01 soun:ec-3 | 0 VIDEO transcoded, 0 AUDIO transcoded",
        "COPY | vide:av01 soun:Opus | 0 VIDEO copied, 0 AUDIO copied",
        "TRANSCODE | vide:avc1 soun:mp4a | 0 VIDEO transcoded, 0 AUDIO transcoded",
        "AUTO | soun:mp4a vide:avc1 text:wvtt soun:ac-3 | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | soun:mp4a | 0 AUDIO copied",
        "AUTO | vide:avc1 | 0 VIDEO copied",
        "AUTO | text:wvtt | ''",
        "AUTO | vide:avc1 + soun:mp4a | 0 VIDEO copied, 1 AUDIO copied",
        "AUTO | vide:avc1 soun:Opus + soun:mp4a | 0 VIDEO copied, 1 AUDIO copied",
        "AUTO | soun:mp4a + vide:avc1 | 1 VIDEO copied, 0 AUDIO copied",
        "AUTO | vide:avc1 soun:mp4a + text:wvtt | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | ts:H264 AAC_ADTS | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | ts:HEVC MPEG_AUDIO OTHER | 0 VIDEO copied, 0 AUDIO copied",
        "AUTO | ts:MPEG2_VIDEO EAC3 | 0 VIDEO transcoded, 0 AUDIO transcoded",
        "AUTO | ts:H264 + ts:AC3 | 0 VIDEO copied, 1 AUDIO copied",
        "AUTO | ts:H264 + packed:AAC | 0 VIDEO copied, 1 AUDIO copied",
        "AUTO | ts:H264 + packed:EAC3 | 0 VIDEO copied, 1 AUDIO transcoded",
      })
  void choosesOnePictureAndOneSound(MuxMode mode, String inputs, String expected) {
    assertThat(plan(mode, inputs)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, vide:avc1, false",
    "AUTO, vide:avc1 soun:Opus, false",
    "AUTO, vide:vp09, true",
    "TRANSCODE, soun:mp4a, false"
  })
  void knowsWhetherAPictureIsEncoded(MuxMode mode, String input, boolean encodes) {
    assertThat(MuxPlan.of(mode, List.of(input(input))).encodesVideo()).isEqualTo(encodes);
  }

  @ParameterizedTest
  @EnumSource(names = {"MP4", "MPEGTS"})
  void aContainerIsNoPackedAudio(InputFormat format) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MuxInput.packedAudio(format, Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "COPY, vide:avc1 soun:mp4a",
    "COPY, vide:avc1 + soun:mp4a",
    "COPY, ts:H264 + packed:AAC",
    "TRANSCODE, vide:vp09 + soun:Opus",
    "TRANSCODE, ts:HEVC AC3",
  })
  void ffmpegReadsAndWritesPipesAlone(MuxMode mode, String inputs) {
    List<MuxInput> all = Arrays.stream(inputs.split(" \\+ ", -1)).map(MuxPlanTest::input).toList();
    List<String> arguments =
        MuxArguments.of(
            all,
            MuxPlan.of(mode, all),
            ServerSettings.defaults().mux(),
            H264Encoder.in(" V....D libx264 "));
    int inputsSeen = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("-i")) {
        assertThat(arguments.get(i + 1)).matches("pipe:[03]");
        inputsSeen++;
        int from = arguments.subList(0, i).lastIndexOf("-i") + 1;
        List<String> ofInput = arguments.subList(from, i);
        int whitelist = ofInput.indexOf("-protocol_whitelist");
        assertThat(ofInput.get(whitelist + 1)).isEqualTo("pipe");
      }
    }
    assertThat(inputsSeen).isEqualTo(all.size());
    assertThat(arguments.getLast()).isEqualTo("pipe:1");
    assertThat(arguments)
        .noneMatch(
            argument -> argument.matches("(?i)(.*://.*|/.*|(file|concat|data|crypto|https?):.*)"));
  }

  @Test
  void anInputHasAStream() {
    assertThatIllegalArgumentException().isThrownBy(() -> MuxInput.mpegts(List.of()));
  }
}
