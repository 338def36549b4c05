package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  @Test
  void substitutesInUrisAndAttributes() {
    MediaPlaylist playlist =
        (MediaPlaylist)
            PlaylistParser.parse(
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:6
                #EXT-X-DEFINE:NAME="host",VALUE="https://a.test"
                #EXT-X-DEFINE:NAME="raw",VALUE="{$host}"
                #EXT-X-DEFINE:IMPORT="path"
                #EXT-X-DEFINE:QUERYPARAM="lang"
                #EXT-X-DEFINE:NAME="iv",VALUE="0x0f"
                #EXT-X-KEY:METHOD=AES-128,URI="{$host}/key",IV={$iv}
                #EXT-X-MAP:URI="{$host}/{$path}/init"
                #EXTINF:6,{$host}
                {$host}/{$path}/{$lang}.ts
                #EXTINF:6,
                {$raw}.ts
                """,
                Texts.BASE,
                Map.of("path", "p/q", "unused", "x"));

    Segment first = playlist.segments().getFirst();
    assertThat(first.uri()).hasToString("https://a.test/p/q/de%20at.ts");
    assertThat(first.title()).isEqualTo("{$host}");
    assertThat(first.map().orElseThrow().uri()).hasToString("https://a.test/p/q/init");
    assertThat(first.key().orElseThrow().uri().orElseThrow()).hasToString("https://a.test/key");
    assertThat(first.key().orElseThrow().iv(0)).endsWith(0x0f);
    assertThat(playlist.segments().getLast().rawUri()).isEqualTo("{$host}.ts");
    assertThat(playlist.variables())
        .containsOnlyKeys("host", "raw", "path", "lang", "iv")
        .containsEntry("lang", "de at");
    assertThat(playlist.warnings()).isEmpty();
  }

  @Test
  void multivariantVariablesAreThereToImport() {
    MultivariantPlaylist playlist =
        Texts.multivariant(
            "#EXT-X-DEFINE:NAME=\"t\",VALUE=\"1\"", "#EXT-X-STREAM-INF:BANDWIDTH=1", "v{$t}.m3u8");

    assertThat(playlist.variants().getFirst().rawUri()).isEqualTo("v1.m3u8");
    assertThat(playlist.variables()).isEqualTo(Map.of("t", "1"));
  }

  @Test
  void bracesMeanNothingWhereNothingIsDefined() {
    assertThat(Texts.media("#EXTINF:6,", "{$x}.ts").segments().getFirst().rawUri())
        .isEqualTo("{$x}.ts");
  }

  @ParameterizedTest
  @CsvSource({
    "'NAME=\"a\",VALUE=\"1\"',   {$b}.ts,  line 5: reference to an undefined variable",
    "IMPORT=\"b\",               a.ts,     line 3: EXT-X-DEFINE takes a variable that the multi",
    "QUERYPARAM=\"b\",           a.ts,     line 3: EXT-X-DEFINE takes a variable that the query",
    "VALUE=\"b\",                a.ts,     'line 3: EXT-X-DEFINE without NAME, IMPORT or QUERY'",
  })
  void refusesWhatIsUndefined(String define, String uri, String problem) {
    assertThatThrownBy(() -> Texts.media("#EXT-X-DEFINE:" + define, "#EXTINF:6,", uri))
        .isInstanceOf(PlaylistException.class)
        .hasMessageStartingWith(problem)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "'NAME=\"b\",VALUE=\"1\"', 1.ts,    ''",
    "IMPORT=\"b\",             {$b}.ts, 'line 3: variable from the multivariant playlist, left'",
    "QUERYPARAM=\"b\",         {$b}.ts, 'line 3: variable from the query of the playlist, left'",
  })
  void aTextOnItsOwnKeepsWhatItTakesFromElsewhere(String define, String uri, String problem) {
    String text = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-DEFINE:" + define + "\n#EXTINF:6,\n";

    MediaPlaylist playlist =
        (MediaPlaylist)
            PlaylistParser.parseAlone(text + "{$b}.ts", Texts.BASE, PlaylistLimits.DEFAULT);

    assertThat(playlist.segments().getFirst().rawUri()).isEqualTo(uri);
    assertThat(String.join("", playlist.warnings())).startsWith(problem);
  }

  @Test
  void theFirstOfTwoDefinitionsHolds() {
    MediaPlaylist playlist =
        Texts.media(
            "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"1\"",
            "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"2\"",
            "#EXTINF:6,",
            "{$a}.ts");

    assertThat(playlist.segments().getFirst().rawUri()).isEqualTo("1.ts");
    assertThat(playlist.warnings()).hasSize(1);
  }

  @Test
  void anUnclosedReferenceStays() {
    MediaPlaylist playlist =
        Texts.media("#EXT-X-DEFINE:NAME=\"a\",VALUE=\"1\"", "#EXTINF:6,", "x{$a}y{$a");

    assertThat(playlist.segments().getFirst().rawUri()).isEqualTo("x1y{$a");
  }

  @Test
  void expansionIsBounded() {
    String define = "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"" + "x".repeat(60_000) + "\"\n";

    assertThatThrownBy(() -> Texts.media(define + "#EXTINF:6,\n{$a}{$a}"))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("expand over the limit");
    assertThatThrownBy(() -> Texts.media(define + "#EXTINF:6,\n{$a}\n".repeat(1000)))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("expand over the limit");
  }
}
