package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeniencyTest {
  private static final String HEADER = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";

  /** A bar stands for a line feed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts;                        does not begin with; 6000",
        "# hi|#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts;           does not begin with; 6000",
        "# hi||#EXT-X-UNKNOWN|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts;   does not begin with; 6000",
        "#EXT-X-VERSION:3|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts;       does not begin with; 6000",
        "#extm3u|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts;                lower case EXTM3U; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6,\uFFFD|a.ts;           not UTF-8; 6000",
        "#EXTM3U|#EXTINF:6.2,|a.ts;                                      no usable target; 6200",
        "#EXTM3U|#EXT-X-TARGETDURATION:5.9|#EXTINF:6,|a.ts;              is no integer; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:x|#EXTINF:6,|a.ts;                no usable target; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:-6|#EXTINF:6,|a.ts;               no usable target; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|  #EXTINF:6,|a.ts;              white space; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6|a.ts;                 without a comma; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#extinf:6,|a.ts;                lower case EXTINF; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:-1 tvg-id=\"a,b\",T|a.ts; without a duration; 0",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:NaN,|a.ts;              without a duration; 0",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:1e9,|a.ts;              without a duration; 0",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|a.ts;                           without EXTINF; 0",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-MEDIA-SEQUENCE:-1|#EXTINF:6,|a.ts; unreadable;"
            + " 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-VERSION:x|#EXTINF:6,|a.ts;  unreadable; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts|#EXTINF:6,;     without a URI; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts|#EXT-X-MEDIA-SEQUENCE:5; behind a segment;"
            + " 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-PLAYLIST-TYPE:VOD|#EXTINF:6,|a.ts; without"
            + " EXT-X-ENDLIST; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-PLAYLIST-TYPE:LIVE|#EXTINF:6,|a.ts; neither VOD nor"
            + " EVENT; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-KEY:method=NONE|#EXTINF:6,|a.ts; lower case"
            + " attribute; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-KEY:METHOD=NONE,METHOD=X|#EXTINF:6,|a.ts; twice;"
            + " 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-MAP:URI=\"i|#EXTINF:6,|a.ts; not closed; 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXT-X-PROGRAM-DATE-TIME:now|#EXTINF:6,|a.ts; unreadable;"
            + " 6000",
        "#EXTM3U|#EXT-X-TARGETDURATION:6|#EXTINF:6,|a.ts|#EXT-X-STREAM-INF:BANDWIDTH=1; other kind;"
            + " 6000",
      })
  void readsWithAWarning(String text, String warning, long millis) {
    MediaPlaylist playlist = (MediaPlaylist) Texts.parse(text.replace('|', '\n'));

    assertThat(playlist.warnings()).singleElement().asString().contains(warning);
    assertThat(playlist.segments()).hasSize(1);
    assertThat(playlist.segments().getFirst().rawUri()).isEqualTo("a.ts");
    assertThat(playlist.duration()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", " \t\n", "\n# comment\n#EXT-X-UNKNOWN:1\n"})
  void lineEndsDoNotMatter(String end) {
    String text = String.join(end, "#EXTM3U", "#EXT-X-TARGETDURATION:6", "#EXTINF:6,Ä", "a.ts", "");

    MediaPlaylist playlist = (MediaPlaylist) Texts.parse(text);

    assertThat(playlist.warnings()).isEmpty();
    assertThat(playlist.segments()).extracting(Segment::rawUri).containsExactly("a.ts");
    assertThat(playlist.segments().getFirst().title()).isEqualTo("Ä");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesAreCountedByAnyEnd(String end) {
    Playlist playlist = Texts.parse(String.join(end, "#EXTM3U", "", "", "#EXT-X-VERSION:x"));

    assertThat(playlist.warnings()).contains("line 4: version is unreadable");
  }

  @Test
  void channelListsKeepTheirTitles() {
    MediaPlaylist playlist =
        (MediaPlaylist)
            Texts.parse(
                """
                #EXTM3U url-tvg="http://epg.test/x.xml"
                #EXTINF:-1 tvg-name="A, B" group-title="News",Channel, One
                http://a.test/1
                #EXTINF:-1 tvg-name="broken,Two
                http://a.test/2
                """);

    assertThat(playlist.segments())
        .extracting(Segment::title)
        .containsExactly("Channel, One", "Two");
  }

  @Test
  void targetDurationIsTheLongestSegmentRoundedUp() {
    MediaPlaylist playlist =
        (MediaPlaylist) Texts.parse("#EXTM3U\n#EXTINF:4,\na\n#EXTINF:6.001,\nb\n#EXTINF:2,\nc");

    assertThat(playlist.targetDuration()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void headerAloneIsAnEmptyMediaPlaylist() {
    assertThat(((MediaPlaylist) Texts.parse("#EXTM3U")).segments()).isEmpty();
  }

  @Test
  void warningsAreBounded() {
    MediaPlaylist playlist = Texts.media("a.ts\n".repeat(1000));

    assertThat(playlist.warnings()).hasSize(51).last().isEqualTo("and 950 more");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "'';                                          empty playlist",
        "|  |;                                        empty playlist",
        "<!DOCTYPE html><html>|#EXTINF:6,|a.ts;       line 1: an HTML or XML document",
        "<MPD/>;                                      line 1: an HTML or XML document",
        "{\"error\": 1};                              line 1: no EXTM3U",
        "http://a.test/b.ts;                          line 1: no EXTM3U",
        "#EXTINFO|a.ts;                               line 1: no EXTM3U",
        "{}|#EXTINF:6,|a.ts;                          line 1: no EXTM3U",
        "{}|#EXTM3U|#EXTINF:6,|a.ts;                  line 1: no EXTM3U",
        "a.ts|#EXTINF:6,|b.ts;                        line 1: no EXTM3U",
        "# A heading|Some prose.|#EXTM3U|#EXTINF:6,|a.ts; line 1: no EXTM3U",
        "#!/bin/sh|cat <<E|#EXTINF:6,|a.ts;           line 1: no EXTM3U",
        "#EXT-X-UNKNOWN:1|a.ts|#EXTINF:6,|b.ts;       line 1: no EXTM3U",
        "#EXT-X-VERSION:3|a.ts;                       line 1: no EXTM3U",
        "#EXTM3U|\0\u0001G;                           binary data",
        "#EXTM3U|#EXT-X-SKIP:SKIPPED-SEGMENTS=x|#EXTINF:6,|a.ts; line 2: EXT-X-SKIP without a"
            + " number",
        "#EXTM3U|#EXTINF:6,|a.ts|#EXT-X-SKIP:SKIPPED-SEGMENTS=2; line 4: EXT-X-SKIP",
      })
  void refusesWhatIsNone(String text, String problem) {
    assertThatThrownBy(() -> Texts.parse(text.replace('|', '\n')))
        .isInstanceOf(PlaylistException.class)
        .hasMessageStartingWith(problem);
  }

  @Test
  void readsBytesWithinTheLimit() {
    byte[] text = ("\uFEFF" + HEADER + "#EXTINF:6,ü\na.ts").getBytes(StandardCharsets.UTF_8);
    PlaylistLimits fits = new PlaylistLimits(text.length, 100, 5, 5);
    PlaylistLimits tooSmall = new PlaylistLimits(text.length - 1, 100, 5, 5);

    MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(text, Texts.BASE, Map.of(), fits);
    assertThat(playlist.segments().getFirst().title()).isEqualTo("ü");
    assertThat(playlist.warnings()).containsExactly("byte order mark");
    assertThatThrownBy(() -> PlaylistParser.parse(text, Texts.BASE, Map.of(), tooSmall))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("larger than " + (text.length - 1));
  }

  @Test
  void refusesLongLines() {
    PlaylistLimits limits = new PlaylistLimits(1000, 30, 5, 5);
    String longest = "a".repeat(30);

    assertThat(PlaylistParser.parse(HEADER + longest, Texts.BASE, Map.of(), limits)).isNotNull();
    assertThatThrownBy(
            () -> PlaylistParser.parse(HEADER + longest + "b", Texts.BASE, Map.of(), limits))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 3: longer than 30 characters");
  }
}
