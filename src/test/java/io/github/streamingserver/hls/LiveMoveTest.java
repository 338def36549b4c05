package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.LiveWindow.Advance;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Going on in another variant of a live stream. */
class LiveMoveTest {
  private static final Instant BEGIN = Instant.parse("2026-11-24T20:00:00Z");

  /**
   * Windows are {@code first-last}, of segments of 6 s; {@code +s} after it dates the first one so
   * many seconds after 20:00. What is taken before is always 10-14, dated from 20:00 where the
   * other is: it ends at 20:00:30.
   */
  @ParameterizedTest(name = "{0}, {1} s away: {2}, {3} lost")
  @CsvSource({
    // no dates, one count
    "10-14, 6, '', 0, nothing new",
    "10-15, 6, 15, 0, one more",
    "13-17, 12, 15-17, 0, moved on",
    "15-19, 20, 15-19, 0, all of it",
    "17-21, 20, 17-21, 2, ahead by two",
    "8-12, 6, '', 0, behind by two",
    // no dates, another count
    "900-904, 6, 903-904, 0, far ahead",
    "900-904, 33, 900-904, 0, far ahead after a while",
    "900-904, 60, 900-904, 5, far ahead after longer than its window",
    "0-3, 6, 2-3, 0, restarted",
    "0-3, 60, 0-3, 6, restarted after longer than its window",
    "0-0, 6, 0, 0, one segment",
    // dated, whatever the numbers
    "10-14+0, 6, '', 0, same times",
    "10-15+0, 6, 15, 0, one more by time",
    "500-504+6, 6, 504, 0, other count",
    "500-504+6.4, 6, 504, 0, cut a little later",
    "500-504+5.6, 6, 504, 0, cut a little earlier",
    "0-4+30, 6, 0-4, 0, begins where the other ended",
    "0-4+60, 6, 0-4, 0, begins later than can be",
    "0-4+60, 30, 0-4, 5, no longer lists what went by meanwhile",
    "15-19+60, 30, 15-19, 5, which numbers do not tell",
    "15-19+0, 6, '', 0, time outweighs numbers",
  })
  void goesOn(String after, long away, String fresh, long lost, String why) {
    boolean dated = after.contains("+");
    LiveWindow window = LiveWindow.begin(window("10-14" + (dated ? "+0" : "")), 0).window();
    Advance advance = window.moveTo(window(after), Duration.ofSeconds(away));
    assertThat(shown(advance)).as(why).isEqualTo(fresh);
    assertThat(advance.lostSegments()).as(why).isEqualTo(lost);
    assertThat(advance.lostDuration()).as(why).isEqualTo(Duration.ofSeconds(6 * lost));
    assertThat(advance.restart()).as(why).isEmpty();
  }

  @Test
  void aVariantThatLagsBehindRepeatsNothing() {
    LiveWindow window = LiveWindow.begin(window("10-14"), 0).window();
    Advance behind = window.moveTo(window("8-12"), Duration.ofSeconds(6));
    Advance there =
        behind.window().advance(window("11-15"), Duration.ofSeconds(6), Duration.ofSeconds(18));
    assertThat(shown(there)).isEqualTo("15");
    assertThat(there.lostSegments()).isZero();
  }

  @Test
  void datesOfOneSideProveNothing() {
    LiveWindow dated = LiveWindow.begin(window("10-14+0"), 0).window();
    LiveWindow plain = LiveWindow.begin(window("10-14"), 0).window();
    assertThat(shown(dated.moveTo(window("11-15"), Duration.ofSeconds(6)))).isEqualTo("15");
    assertThat(shown(plain.moveTo(window("11-15+90"), Duration.ofSeconds(6)))).isEqualTo("15");
  }

  @Test
  void anEmptyVariantChangesNothing() {
    LiveWindow window = LiveWindow.begin(window("10-14"), 0).window();
    Advance advance = window.moveTo(Texts.media("#EXT-X-MEDIA-SEQUENCE:0"), Duration.ofSeconds(6));
    assertThat(advance.fresh()).isEmpty();
    assertThat(advance.window()).isEqualTo(window);
  }

  @Test
  void whereNothingWasTakenAllIsNew() {
    LiveWindow window = LiveWindow.begin(Texts.media("#EXT-X-MEDIA-SEQUENCE:3"), 0).window();
    assertThat(shown(window.moveTo(window("7-9"), Duration.ofSeconds(6)))).isEqualTo("7-9");
  }

  private static MediaPlaylist window(String text) {
    String[] dated = text.split("\\+", 2);
    String[] range = dated[0].split("-", 2);
    StringBuilder lines = new StringBuilder("#EXT-X-MEDIA-SEQUENCE:" + range[0]);
    if (dated.length > 1) {
      Instant first = BEGIN.plusMillis((long) (Double.parseDouble(dated[1]) * 1000));
      lines.append("\n#EXT-X-PROGRAM-DATE-TIME:").append(first);
    }
    for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i++) {
      lines.append("\n#EXTINF:6,\n").append(text.hashCode()).append('/').append(i).append(".ts");
    }
    return Texts.media(lines.toString());
  }

  private static String shown(Advance advance) {
    String all =
        advance.fresh().stream()
            .map(segment -> String.valueOf(segment.sequence()))
            .collect(Collectors.joining("-"));
    return all.replaceAll("-.*-", "-");
  }
}
