package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Texts.media;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTest {
  private static final String SEGMENT = "#EXTINF:6,\na.ts";

  @Test
  void keysHoldUntilReplacedOrEnded() {
    MediaPlaylist playlist =
        media(
            SEGMENT,
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k1\"",
            SEGMENT,
            SEGMENT,
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k2\",KEYFORMAT=\"identity\"",
            SEGMENT,
            "#EXT-X-KEY:METHOD=NONE",
            SEGMENT);

    assertThat(playlist.segments())
        .extracting(segment -> segment.key().map(Key::rawUri).orElse("-"))
        .containsExactly("-", "k1", "k1", "k2", "-");
    assertThat(playlist.segments().get(1).key().flatMap(Key::uri))
        .contains(URI.create("https://cdn.test/live/a/k1"));
    assertThat(playlist.warnings()).isEmpty();
  }

  @Test
  void severalKeyFormatsHoldTogether() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"data:,x\",KEYFORMAT=\"com.microsoft.playready\"",
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"",
            SEGMENT,
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"y\",KEYFORMAT=\"com.microsoft.playready\"",
            SEGMENT);

    assertThat(playlist.segments().getFirst().keys())
        .extracting(Key::rawUri)
        .containsExactly("data:,x", "k");
    assertThat(playlist.segments().getLast().keys())
        .extracting(Key::rawUri)
        .containsExactly("y", "k");
    assertThat(playlist.segments().getFirst().key().map(Key::isAes128)).contains(true);
    assertThat(playlist.segments().getFirst().keys().getFirst().uri()).isEmpty();
  }

  @Test
  void noneEndsAllKeyFormats() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"x\",KEYFORMAT=\"com.microsoft.playready\"",
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"",
            SEGMENT,
            "#EXT-X-KEY:METHOD=NONE",
            SEGMENT);

    assertThat(playlist.segments()).extracting(s -> s.keys().size()).containsExactly(2, 0);
  }

  @Test
  void initSectionKeepsTheKeyOfItsPlace() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k1\",IV=0x01",
            "#EXT-X-MAP:URI=\"init\"",
            SEGMENT,
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k2\"",
            SEGMENT);

    Segment last = playlist.segments().getLast();
    assertThat(last.keys()).extracting(Key::rawUri).containsExactly("k2");
    assertThat(last.map().orElseThrow().keys()).extracting(Key::rawUri).containsExactly("k1");
  }

  @ParameterizedTest
  @CsvSource({
    "IV=0x1,                                    00000000000000000000000000000001, 0",
    "IV=0XABCDEF0123456789abcdef0123456789,     abcdef0123456789abcdef0123456789, 0",
    "IV=abcdef0123456789abcdef0123456789,       abcdef0123456789abcdef0123456789, 1",
    "IV=\"0x22\",                               00000000000000000000000000000022, 0",
    "IV=0x112233445566778899aabbccddeeff00112,  000000000000000000000000000003e9, 1",
    "IV=0xzz,                                   000000000000000000000000000003e9, 1",
    "X=y,                                       000000000000000000000000000003e9, 0",
  })
  void ivIsExplicitOrTheMediaSequence(String iv, String hex, int warnings) {
    MediaPlaylist playlist =
        media(
            "#EXT-X-MEDIA-SEQUENCE:1000",
            SEGMENT,
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"," + iv,
            SEGMENT);

    Segment segment = playlist.segments().getLast();
    byte[] bytes = segment.key().orElseThrow().iv(segment.sequence());
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(playlist.warnings()).hasSize(warnings);
  }

  @Test
  void ivHoldsLongSequences() {
    Key key = new Key(Key.AES_128, "k", Optional.empty(), Optional.empty(), Key.IDENTITY);

    assertThat(HexFormat.of().formatHex(key.iv(0x0102030405060708L)))
        .isEqualTo("00000000000000000102030405060708");
  }

  @Test
  void aKeyWithoutAUriStaysWithAWarning() {
    MediaPlaylist playlist = media("#EXT-X-KEY:METHOD=AES-128", SEGMENT);

    assertThat(playlist.segments().getFirst().key().orElseThrow().uri()).isEmpty();
    assertThat(playlist.warnings()).singleElement().asString().contains("EXT-X-KEY without a URI");
  }

  @Test
  void keyFormatsAreBounded() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      lines.append("#EXT-X-KEY:METHOD=X,KEYFORMAT=\"" + i + "\"\n");
    }

    assertThatThrownBy(() -> media(lines.toString()))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 19: more than 16 key formats at once");
  }
}
