package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.SectionStarts.Due;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionStartsTest {
  private static final URI URL = URI.create("http://host/index.m3u8");

  /** The sections that each part, and then the end, make due: {@code |} ends what one does. */
  private static String play(int buffering, String parts, boolean complete) {
    SectionStarts starts = new SectionStarts(buffering, URL);
    List<String> told = new ArrayList<>();
    int section = -1;
    for (int number : parts.chars().toArray()) {
      if (number - '0' != section) {
        section = number - '0';
        starts.opened(section, Path.of("stream_" + section + ".ts"));
      }
      starts.written(new Part(URI.create("http://host/s" + told.size()), told.size(), 1));
      told.add(numbers(starts.due(1)));
    }
    told.add(numbers(starts.rest(complete)));
    return String.join("|", told);
  }

  private static String numbers(List<Due> due) {
    return String.join("", due.stream().map(one -> String.valueOf(one.section())).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 00000,        true,  '||0|||'",
    "5, 000,          true,  '|||0'",
    "5, 000,          false, '|||'",
    "1, 0000111122,   true,  '0||||||1||||2'",
    "1, 0000111122,   false, '0||||||1||||2'",
    "1, 00001223333,  true,  '0|||||||||123||'",
    "4, 00111,        true,  '|||0|1|'",
    "5, 00111,        true,  '||||01|'",
    "5, 0011,         true,  '||||01'",
    "5, 0011,         false, '||||'",
  })
  void tellsOfSectionsInOrderOnceTheyDoNotRunDry(
      int buffering, String parts, boolean complete, String told) {
    assertThat(play(buffering, parts, complete)).isEqualTo(told);
  }

  @Test
  void aSingleFileIsDueWithItsFirstByte() {
    SectionStarts starts = new SectionStarts(0, URL);
    starts.opened(0, Path.of("stream_0.mp4"));
    assertThat(starts.due(0)).isEmpty();
    assertThat(starts.due(1)).containsExactly(new Due(0, Path.of("stream_0.mp4"), URL, 0));
    assertThat(starts.due(2)).isEmpty();
  }
}
