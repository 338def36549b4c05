package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.LiveWindow.Advance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveWindowTest {
  private static final Duration AWAY = Duration.ofSeconds(6);

  /** Windows are written first-last at folder; segments are 6 s, fresh ones are named by number. */
  @ParameterizedTest(name = "{0} then {1}: {6}")
  @CsvSource({
    // before,           after,                 away s, fresh,   lost, restart,        why
    "10-14@a.test/x,     11-15@a.test/x,        6,      15,      0,    ,               one more",
    "10-14@a.test/x,     10-14@a.test/x,        6,      ,        0,    ,               unchanged",
    "10-14@a.test/x,     10-18@a.test/x,        6,      15-18,   0,    ,               event grows",
    "10-14@a.test/x,     15-19@a.test/x,        6,      15-19,   0,    ,               moved on by"
        + " all",
    "10-14@a.test/x,     16-19@a.test/x,        6,      16-19,   1,    ,               moved past"
        + " one",
    "10-14@a.test/x,     25-29@a.test/x,        6,      25-29,   10,   ,               jumped",
    "10-14@a.test/x,     25-29@b.test/y,        60,     25-29,   10,   ,               away and"
        + " other host",
    "10-14@a.test/x,     15-19@b.test/y,        6,      15-19,   0,    ,               host changes"
        + " in one count",
    "10-14@a.test/x,     11-15@b.test/x,        6,      15,      0,    ,               another edge"
        + " host",
    "10-14@a.test/x,     11-15@a.test/token2,   6,      15,      0,    ,               signed anew"
        + " in the path",
    "10-14@a.test/x,     8-12@a.test/x,         6,      ,        0,    ,               stale copy",
    "100-104@a.test/x,   0-2@a.test/x,          6,      0-2,     0,    LOWER_SEQUENCE, counted"
        + " anew",
    "100-104@a.test/x,   0-2@ads.test/y,        6,      0-2,     0,    LOWER_SEQUENCE, ad break"
        + " begins",
    "0-4@ads.test/y,     140-144@a.test/x,      6,      140-144, 0,    OTHER_CONTENT,  ad break"
        + " ends",
    "2-6@a.test/x,       0-4@ads.test/y,        6,      0-4,     0,    LOWER_SEQUENCE, ad break"
        + " with near numbers",
    "0-4@a.test/x,       0-4@ads.test/y,        6,      0-4,     0,    OTHER_CONTENT,  ad break"
        + " with the same numbers",
    "0-4@a.test/x?o=1,   0-4@ads.test/y?o=2,    6,      0-4,     0,    OTHER_CONTENT,  same numbers"
        + " and other names",
    "10-14@a.test/x,     900000-900003@a.test/x,6,      900000-900003, 0, JUMP,        numbered by"
        + " time",
    "10-14@a.test/x,     1010-1014@a.test/x,    3600,   1010-1014, 995, ,              away for"
        + " long",
    "3-7@a.test/x,       0-4@a.test/y,          6,      0-4,     0,    LOWER_SEQUENCE, next"
        + " programme in another folder",
    "100-104@a.test/x,   0-59@b.test/y,         6,      29-59,   0,    LOWER_SEQUENCE, a long"
        + " archive restarts",
  })
  void tellsWhatIsNew(
      String before,
      String after,
      long away,
      String fresh,
      long lost,
      LiveWindow.Restart restart,
      String why) {
    LiveWindow window = LiveWindow.begin(window(before), 0).window();

    Duration passed = Duration.ofSeconds(away);
    Advance advance = window.advance(window(after), passed, passed);

    assertThat(shown(advance.fresh())).as(why).isEqualTo(fresh == null ? "" : fresh);
    assertThat(advance.lostSegments()).as(why).isEqualTo(lost);
    assertThat(advance.lostDuration()).as(why).isEqualTo(Duration.ofSeconds(6 * lost));
    assertThat(advance.restart().orElse(null)).as(why).isEqualTo(restart);
  }

  @Test
  void nothingIsTakenTwiceOverManyLoads() {
    Advance advance = LiveWindow.begin(window("0-5@a.test/x"), 3);
    List<Segment> taken = new ArrayList<>(advance.fresh());
    for (int load = 1; load < 40; load++) {
      int first = load * 2 - (load % 3 == 0 ? 4 : 0);
      advance =
          advance
              .window()
              .advance(window(first + "-" + (first + 5) + "@a.test/x?t=" + load), AWAY, AWAY);
      taken.addAll(advance.fresh());
    }

    assertThat(shown(taken)).isEqualTo("3-81");
    assertThat(taken).extracting(Segment::sequence).doesNotHaveDuplicates().hasSize(79);
  }

  @Test
  void longWindowsAreRememberedByTheirEnd() {
    LiveWindow window = LiveWindow.begin(window("0-999@a.test/x"), 990).window();

    Advance advance = window.advance(window("1-1000@a.test/token2"), AWAY, AWAY);

    assertThat(window.tail()).hasSize(LiveWindow.TAIL);
    assertThat(advance.restart()).isEmpty();
    assertThat(shown(advance.fresh())).isEqualTo("1000");
  }

  @Test
  void emptyLoadsChangeNothing() {
    LiveWindow window = LiveWindow.begin(window("10-14@a.test/x"), 0).window();
    MediaPlaylist empty = Texts.media("#EXT-X-MEDIA-SEQUENCE:0");

    Advance advance = window.advance(empty, AWAY, AWAY);

    assertThat(advance.fresh()).isEmpty();
    assertThat(advance.window()).isEqualTo(window);
  }

  @Test
  void firstSegmentsAfterAnEmptyBeginAreAllNew() {
    LiveWindow window = LiveWindow.begin(Texts.media("#EXT-X-MEDIA-SEQUENCE:7"), 0).window();

    assertThat(shown(window.advance(window("10-12@a.test/x"), AWAY, AWAY).fresh()))
        .isEqualTo("10-12");
  }

  @Test
  void programDateTimeOutweighsNames() {
    LiveWindow window =
        LiveWindow.begin(dated("2024-01-01T00:00:00Z", 0, "a", "b", "c"), 0).window();

    Advance same = window.advance(dated("2024-01-01T00:00:00Z", 0, "x", "y", "z", "n"), AWAY, AWAY);
    Advance other = window.advance(dated("2024-01-01T09:00:00Z", 0, "a", "b"), AWAY, AWAY);

    assertThat(same.fresh()).extracting(Segment::rawUri).containsExactly("n");
    assertThat(other.restart()).contains(LiveWindow.Restart.OTHER_CONTENT);
    assertThat(other.fresh()).extracting(Segment::rawUri).containsExactly("a", "b");
  }

  /** {@code first-last@host/folder}; what follows a question mark goes into names and queries. */
  private static MediaPlaylist window(String text) {
    String[] at = text.split("@", 2);
    String[] range = at[0].split("-", 2);
    String[] place = at[1].split("\\?", 2);
    String name = place.length > 1 && place[1].startsWith("o") ? place[1].replace('=', '-') : "s";
    String query = place.length > 1 && place[1].startsWith("t") ? "?" + place[1] : "";
    StringBuilder lines = new StringBuilder("#EXT-X-MEDIA-SEQUENCE:" + range[0]);
    for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i++) {
      lines.append("\n#EXTINF:6,\nhttps://" + place[0] + "/" + name + i + ".ts" + query);
    }
    return Texts.media(lines.toString());
  }

  private static MediaPlaylist dated(String date, long first, String... names) {
    StringBuilder lines = new StringBuilder("#EXT-X-MEDIA-SEQUENCE:" + first);
    for (String name : names) {
      lines.append("\n#EXT-X-PROGRAM-DATE-TIME:" + date + "\n#EXTINF:6,\n" + name);
    }
    return Texts.media(lines.toString());
  }

  private static String shown(List<Segment> segments) {
    return segments.stream()
        .map(segment -> String.valueOf(segment.sequence()))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                all ->
                    all.size() < 2 ? String.join("", all) : all.getFirst() + "-" + all.getLast()));
  }
}
