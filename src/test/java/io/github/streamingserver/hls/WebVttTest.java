package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebVttTest {
  private static VttCue cue(long start, long end, String settings, String text) {
    return new VttCue(start, end, settings, text);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("WEBVTT", List.of()),
        Arguments.of("\ufeffWEBVTT - a title\n\n", List.of()),
        Arguments.of(
            """
            WEBVTT

            00:01.000 --> 00:02.500
            One
            Two

            7
            01:00:00.000-->01:00:01.000
            <i>3</i>
            """,
            List.of(cue(1000, 2500, "", "One\nTwo"), cue(3_600_000, 3_601_000, "", "<i>3</i>"))),
        Arguments.of(
            "WEBVTT\r\n\r\n00:01.000 --> 00:02.000 align:start  line:0\r\nA\r\n",
            List.of(cue(1000, 2000, "align:start  line:0", "A"))),
        Arguments.of(
            "WEBVTT\n\nNOTE\nx\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\nA\n",
            List.of(cue(1000, 2000, "", "A"))),
        Arguments.of(
            "WEBVTT\n00:01.000 --> 00:02.000\nA\n00:03.000 --> 00:04.000\nB",
            List.of(cue(1000, 2000, "", "A"), cue(3000, 4000, "", "B"))),
        Arguments.of(
            "WEBVTT\n\n0:01 --> x\nA\n\n00:02.000 --> 00:01.000\nB\n\n00:01.000 -->\nC\n\n-->\n",
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsCues(String text, List<VttCue> cues) {
    assertThat(WebVtt.parse(text)).isEqualTo(new WebVtt(TimestampMap.NONE, cues));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MPEGTS:900000,LOCAL:00:00:00.000 | 900000 | 0 | 990000",
        "LOCAL:00:00:10.000,MPEGTS:0      | 0 | 10000 | -810000",
        "LOCAL:00:01.500, MPEGTS:8589934591 | 8589934591 | 1500 | 8589889591"
      })
  void readsTheMap(String map, long mpegts, long local, long ticksAtOneSecond) {
    TimestampMap read = WebVtt.parse("WEBVTT\nX-TIMESTAMP-MAP=" + map + "\n\n").map();
    assertThat(read).isEqualTo(new TimestampMap(mpegts, local));
    assertThat(read.ticks(1000)).isEqualTo(ticksAtOneSecond);
  }

  @Test
  void aMapStandsInTheHeaderOnly() {
    String text = "WEBVTT\n\nX-TIMESTAMP-MAP=MPEGTS:1,LOCAL:00:00.000\n";
    assertThat(WebVtt.parse(text).map()).isEqualTo(TimestampMap.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "WEBVTTX",
        "<html>",
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:x,LOCAL:00:00.000",
        "WEBVTT\nX-TIMESTAMP-MAP=",
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:99999999999999999999,LOCAL:00:00.000",
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:1,LOCAL:0"
      })
  void refusesWhatCannotBeUsed(String text) {
    assertThatExceptionOfType(WebVttException.class).isThrownBy(() -> WebVtt.parse(text));
  }

  @Test
  void aBlockIsReadAsItWasWritten() {
    VttCue cue = cue(3_723_004, 360_000_000, "line:1", "A\nB");
    assertThat(cue.block()).isEqualTo("01:02:03.004 --> 100:00:00.000 line:1\nA\nB\n\n");
    assertThat(WebVtt.parse("WEBVTT\n\n" + cue.block()).cues()).containsExactly(cue);
  }
}
