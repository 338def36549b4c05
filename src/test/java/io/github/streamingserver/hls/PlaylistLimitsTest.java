package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small texts that would fill the memory: what repeats, what is cut into many, what expands. */
class PlaylistLimitsTest {
  private static final String HEADER = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
  private static final PlaylistLimits SMALL = new PlaylistLimits(10_000, 8000, 1000, 10);

  private static Playlist parse(String text, URI base) {
    return PlaylistParser.parse(text, base, Map.of(), SMALL);
  }

  private static String attributes(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> "X-" + n + "=1")
        .collect(Collectors.joining(","));
  }

  @Test
  void aLongBaseIsNotRepeatedWithoutEnd() {
    URI base = URI.create("https://cdn.test/" + "p".repeat(983) + "/index.m3u8");
    String fits = HEADER + "#EXTINF:6,\na\n".repeat(39);

    assertThat(((MediaPlaylist) parse(fits, base)).segments()).hasSize(39);
    assertThatThrownBy(() -> parse(fits + "#EXTINF:6,\na\n", base))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 82: the addresses are too long in all");
  }

  @Test
  void aTagHasSoManyAttributesAtMost() {
    String tag = HEADER + "#EXT-X-KEY:METHOD=NONE,";

    assertThat(parse(tag + attributes(0, 255), Texts.BASE).warnings()).isEmpty();
    assertThatThrownBy(() -> parse(tag + attributes(0, 256), Texts.BASE))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 3: more than 256 attributes");
  }

  @ParameterizedTest
  @CsvSource({
    "#EXT-X-DATERANGE:ID=a",
    "'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=a'",
    "'#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=a'"
  })
  void whatIsKeptWithoutBeingUnderstoodIsBoundedInAll(String tag) {
    String fits = "#EXTM3U\n" + (tag + "," + attributes(0, 50) + "\n").repeat(2);

    assertThat(parse(fits, Texts.BASE)).isNotNull();
    assertThatThrownBy(() -> parse(fits + tag + ",X-A=1", Texts.BASE))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 4: too many attributes in all");
  }

  @Test
  void aVariantHasSoManyCodecsAtMost() {
    MultivariantPlaylist playlist =
        Texts.multivariant(
            "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"" + "a,".repeat(31) + "b\"",
            "v",
            "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"" + "a,".repeat(20_000) + "b\"",
            "v");

    assertThat(playlist.variants().getFirst().codecs()).hasSize(32).endsWith("b");
    assertThat(playlist.variants().getLast().codecs()).hasSize(32).containsOnly("a");
    assertThat(playlist.warnings())
        .containsExactly("line 5: more than 32 codecs, the first ones hold");
  }
}
