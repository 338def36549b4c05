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
    "100 a 0 5,    107 a 6 5,    60,  1, 0,  0,   JUMP",
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

  /**
   * Five segments of 6 s, taken as numbers 100 to 104; then five from {@code first} on, whose names
   * count from {@code name} on: {@code %1$d} is that, {@code %2$d} its last digit, and {@code %3$d}
   * another one with each load.
   */
  @ParameterizedTest(name = "{0}: {1}, named {2}, after {3} s")
  @CsvSource({
    // one address for all, but for its query
    "live.ts?n=%1$d,         101, 101, 6,   1, 0,",
    "live.ts?n=%1$d&t=%3$d,  102, 102, 12,  2, 0,",
    "live.ts?n=%1$d&t=%3$d,  98,  98,  6,   0, 0,",
    "live.ts?n=%1$d,         110, 110, 40,  5, 5,",
    "live.ts?n=%1$d,         200, 200, 6,   5, 95,",
    "live.ts?n=%1$d,         0,   0,   6,   5, 0,  LOWER_SEQUENCE",
    "live.ts?n=%1$d,         0,   0,   240, 5, 35, LOWER_SEQUENCE",
    "live.ts?n=%1$d,         0,   102, 12,  2, 0,  LOWER_SEQUENCE",
    // ten names in turn
    "live%2$d.ts,            101, 101, 6,   1, 0,",
    "live%2$d.ts,            113, 113, 50,  5, 8,",
    "live%2$d.ts,            115, 115, 60,  5, 10,",
  })
  void namesThatDoNotTellProveNothing(
      String address,
      long first,
      long name,
      long away,
      int fresh,
      long lost,
      LiveWindow.Restart restart) {
    LiveWindow window = LiveWindow.begin(named(address, 100, 100, 1), 0).window();
    MediaPlaylist next = named(address, first, name, 2);
    Duration passed = Duration.ofSeconds(away);

    Advance advance = window.advance(next, passed, passed);

    assertThat(advance.fresh()).hasSize(fresh);
    assertThat(advance.lostSegments()).isEqualTo(lost);
    assertThat(advance.restart().orElse(null)).isEqualTo(restart);
    assertThat(window.rejoin(next, passed, passed)).isEqualTo(advance);
  }

  private static MediaPlaylist named(String address, long first, long name, int load) {
    StringBuilder lines = new StringBuilder("#EXT-X-MEDIA-SEQUENCE:" + first);
    for (long i = name; i < name + 5; i++) {
      lines.append("\n#EXTINF:6,\nhttps://a.test/").append(address.formatted(i, i % 10, load));
    }
    return Texts.media(lines.toString());
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
