package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.LiveWindow.Advance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is new, and what is lost, where numbers change and content tells more than they do. */
class WindowRestartTest {
  private static final Instant BEGIN = Instant.parse("2026-11-24T20:00:00Z");
  private static final int SECONDS = 6;

  /**
   * A window is its first number, its folder, when its first segment was broadcast, and how many
   * segments of 6 s it has, each named by its time; {@code *} for one without dates.
   */
  @ParameterizedTest(name = "{0} then {1} after {2} s")
  @CsvSource({
    // other content under other numbers
    "100 a 0 5,    0 b 30 3,     6,   3, 0,  0,   LOWER_SEQUENCE",
    "100 a 0 5,    0 b 60 3,     60,  3, 5,  30,  LOWER_SEQUENCE",
    "0 b 0 5,      140 a 96 5,   90,  5, 11, 66,  OTHER_CONTENT",
    "0 b 0 5,      140 a 34 5,   30,  5, 1,  4,   OTHER_CONTENT",
    "0 b 0 5,      140 a 30.4 5, 30,  5, 0,  0,   OTHER_CONTENT",
    // a clock that can't be right
    "100 a 0 5,    0 b 9000 3,   60,  3, 0,  0,   LOWER_SEQUENCE",
    "100 a 9000 5, 0 b 0 3,      60,  3, 0,  0,   LOWER_SEQUENCE",
    // nothing but the time away tells
    "*100 a 0 5,   *0 b 60 3,    60,  3, 7,  42,  LOWER_SEQUENCE",
    "*100 a 0 5,   *0 b 60 3,    24,  3, 0,  0,   LOWER_SEQUENCE",
    "*0 b 0 5,     *900 a 60 3,  60,  3, 7,  42,  OTHER_CONTENT",
    // the same window under other numbers
    "100 a 0 5,    0 a 6 5,      6,   1, 0,  0,   LOWER_SEQUENCE",
    "100 a 0 5,    0 a 0 5,      6,   0, 0,  0,   LOWER_SEQUENCE",
    "*100 a 0 5,   *0 a 6 5,     6,   1, 0,  0,   LOWER_SEQUENCE",
    "*100 a 0 5,   *102 a 6 5,   6,   1, 0,  0,   OTHER_CONTENT",
    "*100 a 0 5,   *200 a 6 5,   6,   1, 0,  0,   JUMP",
    "*100 a 0 5,   *9000 a 6 5,  6,   1, 0,  0,   JUMP",
    // a part of it, as a loop of one clip is
    "*100 a 0 5,   *0 a 0 2,     6,   2, 0,  0,   LOWER_SEQUENCE",
    // numbers run on, and a break that had others went by unseen
    "100 a 0 5,    105 a 120 5,  120, 5, 15, 90,",
    "100 a 0 5,    107 a 120 5,  120, 5, 15, 90,",
    "100 a 0 5,    105 a 120 5,  6,   5, 0,  0,",
    "100 a 0 5,    103 a 18 5,   12,  3, 0,  0,",
  })
  void tellsWhatIsNew(
      String before,
      String after,
      long away,
      int fresh,
      long lost,
      long seconds,
      LiveWindow.Restart restart) {
    LiveWindow window = LiveWindow.begin(window(before), 0).window();

    Duration passed = Duration.ofSeconds(away);
    Advance advance = window.advance(window(after), passed, passed);

    assertThat(advance.fresh()).hasSize(fresh);
    assertThat(advance.lostSegments()).isEqualTo(lost);
    assertThat(advance.lostDuration()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(advance.restart().orElse(null)).isEqualTo(restart);
  }

  @Test
  void nothingIsLostOfAWindowThatStoodStillBeforeOurEyes() {
    LiveWindow window = LiveWindow.begin(window("*100 a 0 5"), 0).window();
    Advance advance =
        window.advance(window("*0 b 30 3"), Duration.ofSeconds(6), Duration.ofSeconds(60));
    assertThat(advance.fresh()).hasSize(3);
    assertThat(advance.lostSegments()).isZero();
  }

  private static MediaPlaylist window(String text) {
    String[] words = text.replace("*", "").split(" ", -1);
    long at = Math.round(Double.parseDouble(words[2]) * 1000);
    StringBuilder lines = new StringBuilder("#EXT-X-MEDIA-SEQUENCE:" + words[0]);
    for (int i = 0; i < Integer.parseInt(words[3]); i++) {
      long time = at + 1000L * SECONDS * i;
      if (!text.startsWith("*")) {
        lines.append("\n#EXT-X-PROGRAM-DATE-TIME:").append(BEGIN.plusMillis(time));
      }
      lines.append("\n#EXTINF:6,\nhttps://a.test/%s/%d.ts".formatted(words[1], time));
    }
    return Texts.media(lines.toString());
  }
}
