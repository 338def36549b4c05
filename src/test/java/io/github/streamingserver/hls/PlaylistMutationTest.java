package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistMutationTest {
  private static final int MUTANTS = 4000;
  private static final URI BASE = URI.create("https://cdn.test/a/b.m3u8?token=s3cret");
  private static final List<String> SEEDS =
      List.of(
          """
          #EXTM3U
          #EXT-X-VERSION:9
          #EXT-X-TARGETDURATION:6
          #EXT-X-MEDIA-SEQUENCE:9007199254740993
          #EXT-X-DISCONTINUITY-SEQUENCE:3
          #EXT-X-DEFINE:NAME="n",VALUE="v"
          #EXT-X-DEFINE:QUERYPARAM="token"
          #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,PART-HOLD-BACK=3.0
          #EXT-X-PART-INF:PART-TARGET=1.0
          #EXT-X-SKIP:SKIPPED-SEGMENTS=3,RECENTLY-REMOVED-DATERANGES="a\tb"
          #EXT-X-START:TIME-OFFSET=-12.5,PRECISE=YES
          #EXT-X-KEY:METHOD=AES-128,URI="key?{$token}",IV=0x000102030405060708090a0b0c0d0e0f
          #EXT-X-MAP:URI="init.mp4",BYTERANGE="720@0"
          #EXT-X-PROGRAM-DATE-TIME:2024-01-01T00:00:00.000+01:00
          #EXT-X-DATERANGE:ID="d",START-DATE="2024-01-01T00:00:00Z",DURATION=3.5,X-A="b"
          #EXT-X-CUE-OUT:30
          #EXTINF:6.006,title
          #EXT-X-BYTERANGE:1000@720
          {$n}.mp4
          #EXT-X-CUE-OUT-CONT:ElapsedTime=6,Duration=30
          #EXT-X-DISCONTINUITY
          #EXTINF:6.006,
          #EXT-X-BYTERANGE:1000
          {$n}.mp4
          #EXT-X-GAP
          #EXT-X-BITRATE:900
          #EXT-X-CUE-IN
          #EXTINF:-1 tvg-id="x",Channel
          ../../../../c.ts?x=[1]|%zz
          #EXT-X-PART:DURATION=1.0,URI="p.mp4",BYTERANGE="5@3"
          #EXT-X-PRELOAD-HINT:TYPE=PART,URI="q.mp4",BYTERANGE-START=4
          #EXT-X-RENDITION-REPORT:URI="../r.m3u8",LAST-MSN=3,LAST-PART=1
          #EXT-X-ENDLIST
          """,
          """
          #EXTM3U
          #EXT-X-INDEPENDENT-SEGMENTS
          #EXT-X-DEFINE:NAME="h",VALUE="https://h.test"
          #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="n",LANGUAGE="de",DEFAULT=YES,URI="a.m3u8"
          #EXT-X-SESSION-DATA:DATA-ID="t",VALUE="v"
          #EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"
          #EXT-X-CONTENT-STEERING:SERVER-URI="/s",PATHWAY-ID="A"
          #EXT-X-STREAM-INF:BANDWIDTH=1280000,AVERAGE-BANDWIDTH=1,RESOLUTION=1280x720,FRAME-RATE=25.0,CODECS="avc1,mp4a",AUDIO="a"
          {$h}/v.m3u8
          #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=86000,URI="i.m3u8"
          """);
  private static final List<String> SPICE =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "\"",
          ",",
          "=",
          ":",
          "@",
          "#EXT",
          "#EXTM3U",
          "{$",
          "}",
          "{$n}",
          "%",
          "[",
          "]",
          "//",
          "?",
          "\0",
          "\uFEFF",
          "\uD800",
          "\u2028",
          "-",
          "9".repeat(30),
          "0x",
          ".",
          "1e999",
          "<html>",
          "skd://",
          "data:,",
          "#EXTINF:",
          "#EXT-X-KEY:METHOD=NONE\n",
          "#EXT-X-MAP:",
          "#EXT-X-ENDLIST\n",
          "http://[",
          "http://user@:99999/",
          " ",
          "\t");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void onlyItsOwnExceptionComesOut(long seed) {
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String text = mutate(SEEDS.get(i % SEEDS.size()), random);
      try {
        check(PlaylistParser.parse(text, BASE, Map.of(), PlaylistLimits.DEFAULT));
        read++;
      } catch (PlaylistException e) {
        assertThat(e).hasMessageNotContaining("s3cret");
      }
    }
    assertThat(read).isBetween(MUTANTS / 10, MUTANTS - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void randomBytesAreNoPlaylist(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2000)];
      random.nextBytes(bytes);
      assertThatThrownBy(() -> PlaylistParser.parse(bytes, BASE, Map.of(), PlaylistLimits.DEFAULT))
          .isInstanceOf(PlaylistException.class);
    }
  }

  @Test
  void aMillionLinesAreReadOrRefusedByTheLimits() {
    String text = "#EXTM3U\n" + "#EXTINF:6,\na.ts\n".repeat(500_000);
    PlaylistLimits wide = new PlaylistLimits(16 << 20, 100, 500_000, 10);
    PlaylistLimits narrow = new PlaylistLimits(16 << 20, 100, 499_999, 10);

    MediaPlaylist playlist = (MediaPlaylist) PlaylistParser.parse(text, BASE, Map.of(), wide);
    assertThat(playlist.segments()).hasSize(500_000);
    assertThatThrownBy(() -> PlaylistParser.parse(text, BASE, Map.of(), narrow))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 1000001: more than 499999 segments");
    assertThatThrownBy(() -> Texts.parse(text)).isInstanceOf(PlaylistException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "#",
        "#EXT-X-KEY:",
        "#EXT-X-MAP:URI=\"",
        "#EXT-X-DATERANGE:",
        "#EXT-X-START:",
        "#EXT-X-CUE-OUT:",
        "#EXT-X-PART:",
        "#EXT-X-STREAM-INF:",
        "#EXT-X-DEFINE:NAME=\"a\",VALUE="
      })
  void hugeTextOfOneKindEnds(String begin) {
    for (String filler : List.of(",", "=", "\"", "a=b,", "{$", "[", "%", "é", "0", "\u0001")) {
      String line = begin + filler.repeat(60_000 / filler.length()) + "\n";
      String text = "#EXTM3U\n" + line.repeat(10);
      try {
        check(Texts.parse(text));
      } catch (PlaylistException e) {
        assertThat(e.line()).isPositive();
      }
    }
  }

  private static void check(Playlist playlist) {
    assertThat(playlist.warnings()).hasSizeLessThanOrEqualTo(51);
    assertThat(String.join("", playlist.warnings())).doesNotContain("s3cret");
    if (playlist instanceof MediaPlaylist media) {
      long expected = media.mediaSequence() + media.skip().map(Skip::segments).orElse(0L);
      for (Segment segment : media.segments()) {
        assertThat(segment.sequence()).isEqualTo(expected++);
        assertThat(segment.gap() || segment.uri().getHost() != null).isTrue();
      }
    }
  }

  private static String mutate(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, SPICE.get(random.nextInt(SPICE.size())));
        case 1 -> text.delete(at, end);
        case 2 -> text.replace(at, end, SPICE.get(random.nextInt(SPICE.size())));
        case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        default -> text.setLength(Math.max(1, random.nextInt(8) == 0 ? at : text.length()));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
