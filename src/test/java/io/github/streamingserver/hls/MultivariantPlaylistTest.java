package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Texts.multivariant;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultivariantPlaylistTest {
  @Test
  void readsVariants() {
    MultivariantPlaylist playlist =
        multivariant(
            "#EXT-X-VERSION:6",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXT-X-STREAM-INF:BANDWIDTH=2800000,AVERAGE-BANDWIDTH=2500000,RESOLUTION=1280x720,"
                + "FRAME-RATE=29.970,CODECS=\"avc1.64001f, mp4a.40.2\",AUDIO=\"aac\","
                + "SUBTITLES=\"subs\",VIDEO=\"v\",CLOSED-CAPTIONS=NONE,NAME=\"720p\",SCORE=2.5",
            "720.m3u8",
            "#EXT-X-STREAM-INF:BANDWIDTH=1",
            "# a comment between",
            "",
            "https://other.test/low.m3u8?t=1",
            "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9,URI=\"iframes.m3u8\"");

    assertThat(playlist.warnings()).isEmpty();
    assertThat(playlist.version()).isEqualTo(6);
    assertThat(playlist.independentSegments()).isTrue();
    Variant first = playlist.variants().getFirst();
    assertThat(first.uri()).isEqualTo(URI.create("https://cdn.test/live/a/720.m3u8"));
    assertThat(first.bandwidth()).isEqualTo(2_800_000);
    assertThat(first.averageBandwidth()).isEqualTo(OptionalLong.of(2_500_000));
    assertThat(first.resolution()).contains(new Variant.Resolution(1280, 720));
    assertThat(first.frameRate()).isEqualTo(OptionalDouble.of(29.97));
    assertThat(first.codecs()).containsExactly("avc1.64001f", "mp4a.40.2");
    assertThat(first.groups())
        .isEqualTo(
            new Variant.Groups(
                Optional.of("aac"), Optional.of("v"), Optional.of("subs"), Optional.empty()));
    assertThat(first.name()).contains("720p");
    assertThat(first.others()).isEqualTo(Map.of("NAME", "720p", "SCORE", "2.5"));
    assertThat(playlist.variants().getLast().uri()).hasToString("https://other.test/low.m3u8?t=1");
    assertThat(playlist.variants().getLast().resolution()).isEmpty();
    assertThat(playlist.iFrameVariants())
        .extracting(Variant::rawUri)
        .containsExactly("iframes.m3u8");
  }

  @Test
  void readsRenditions() {
    MultivariantPlaylist playlist =
        multivariant(
            "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"Deutsch, Stereo\",LANGUAGE=\"de\","
                + "DEFAULT=YES,AUTOSELECT=YES,URI=\"de.m3u8\",CHANNELS=\"2\"",
            "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"muxed\"",
            "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"en\",FORCED=YES,URI=\"en.m3u8\"",
            "#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID=\"cc\",NAME=\"cc\",INSTREAM-ID=\"CC1\"",
            "#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"aac\"",
            "v.m3u8");

    assertThat(playlist.renditions()).hasSize(4);
    assertThat(playlist.renditions(Rendition.Type.AUDIO, "aac"))
        .extracting(Rendition::name)
        .containsExactly("Deutsch, Stereo", "muxed");
    assertThat(playlist.renditions().getFirst())
        .isEqualTo(
            new Rendition(
                Rendition.Type.AUDIO,
                "aac",
                "Deutsch, Stereo",
                Optional.of("de"),
                true,
                true,
                false,
                Optional.of(URI.create("https://cdn.test/live/a/de.m3u8")),
                "de.m3u8",
                Map.of("CHANNELS", "2")));
    assertThat(playlist.renditions().get(1).uri()).isEmpty();
    assertThat(playlist.renditions().get(2).forced()).isTrue();
    assertThat(playlist.renditions().getLast().type().label()).isEqualTo("CLOSED-CAPTIONS");
    assertThat(playlist.warnings()).isEmpty();
  }

  @Test
  void readsSessionTags() {
    MultivariantPlaylist playlist =
        multivariant(
            "#EXT-X-SESSION-DATA:DATA-ID=\"title\",VALUE=\"T\",LANGUAGE=\"en\"",
            "#EXT-X-SESSION-DATA:DATA-ID=\"more\",URI=\"more.json\"",
            "#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"k\"",
            "#EXT-X-CONTENT-STEERING:SERVER-URI=\"/steer\",PATHWAY-ID=\"A\"",
            "#EXT-X-START:TIME-OFFSET=3",
            "#EXT-X-STREAM-INF:BANDWIDTH=1",
            "v.m3u8");

    assertThat(playlist.sessionData().getFirst().value()).contains("T");
    assertThat(playlist.sessionData().getLast().uri())
        .contains(URI.create("https://cdn.test/live/a/more.json"));
    assertThat(playlist.sessionKeys()).extracting(Key::isAes128).containsExactly(true);
    assertThat(playlist.contentSteering())
        .contains(
            new MultivariantPlaylist.ContentSteering(
                URI.create("https://cdn.test/steer"), Optional.of("A")));
    assertThat(playlist.start()).isPresent();
    assertThat(playlist.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "#EXT-X-STREAM-INF:RESOLUTION=1x1|v;                        without BANDWIDTH; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=0x720|v;          RESOLUTION is unreadable; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=720p|v;           RESOLUTION is unreadable; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1,FRAME-RATE=fast|v;           FRAME-RATE is unreadable; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1,PROGRAM|v;                   without a value; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1|#EXT-X-STREAM-INF:BANDWIDTH=2|v; without a URI behind; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1|v|w;                         without EXT-X-STREAM-INF; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1|v|#EXT-X-STREAM-INF:BANDWIDTH=2|file:///x; can't be; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1|v|#EXT-X-MEDIA:TYPE=AUDIO;   without TYPE or GROUP-ID; 1",
        "#EXT-X-STREAM-INF:BANDWIDTH=1|v|#EXTINF:6,;                other kind; 1",
        "#EXT-X-SESSION-DATA:DATA-ID=x;                             no variant; 0",
      })
  void readsWithAWarning(String text, String warning, int variants) {
    MultivariantPlaylist playlist = multivariant(text.replace('|', '\n'));

    assertThat(playlist.warnings()).singleElement().asString().contains(warning);
    assertThat(playlist.variants()).hasSize(variants);
  }
}
