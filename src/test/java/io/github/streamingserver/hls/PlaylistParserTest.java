package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistParserTest {
  private static final URI BASE = URI.create("https://host/a/b/index.m3u8?token=t1&lang=de");
  private static final PlaylistParser PARSER =
      new PlaylistParser(new PlaylistLimits(1 << 20, 4096, 5000));

  private static final String FULL =
      """
      #EXTM3U
      #EXT-X-VERSION:7
      #EXT-X-TARGETDURATION:6
      #EXT-X-MEDIA-SEQUENCE:100
      #EXT-X-DISCONTINUITY-SEQUENCE:3
      #EXT-X-PLAYLIST-TYPE:VOD
      #EXT-X-INDEPENDENT-SEGMENTS
      #EXT-X-MAP:URI="init0.mp4",BYTERANGE="720@0"
      #EXT-X-KEY:METHOD=AES-128,URI="key1",IV=0x0000000000000000000000000000002A
      #EXT-X-PROGRAM-DATE-TIME:2026-01-01T10:00:00.500+0100
      #EXTINF:6.006,first, with a comma
      #EXT-X-BYTERANGE:1000@720
      all.mp4
      #EXTINF:5,
      #EXT-X-BYTERANGE:500
      all.mp4
      #EXT-X-DISCONTINUITY
      #EXT-X-MAP:URI="/init1.mp4"
      #EXT-X-KEY:METHOD=NONE
      #EXTINF:4.5
      ../c/s3.mp4?x=1
      #EXT-X-GAP
      #EXTINF:4,
      https://other.host/s4.mp4
      #EXT-X-ENDLIST
      """;

  private static MediaPlaylist media(String text) {
    return (MediaPlaylist) parse(text);
  }

  private static Playlist parse(String text) {
    try {
      return PARSER.parse(text, BASE);
    } catch (PlaylistException e) {
      throw new AssertionError(e);
    }
  }

  private static String vod(String body) {
    return "#EXTM3U\n#EXT-X-TARGETDURATION:5\n" + body + "\n#EXT-X-ENDLIST\n";
  }

  @Test
  void readsAllOfAMediaPlaylist() {
    MediaPlaylist playlist = media(FULL);
    assertThat(playlist.warnings()).isEmpty();
    assertThat(playlist.version()).isEqualTo(7);
    assertThat(playlist.targetDuration()).isEqualTo(6);
    assertThat(playlist.mediaSequence()).isEqualTo(100);
    assertThat(playlist.discontinuitySequence()).isEqualTo(3);
    assertThat(playlist.type()).contains("VOD");
    assertThat(playlist.endList()).isTrue();
    assertThat(playlist.isFragmented()).isTrue();
    List<Segment> segments = playlist.segments();
    assertThat(segments).extracting(Segment::sequence).containsExactly(100L, 101L, 102L, 103L);
    assertThat(segments).extracting(Segment::duration).containsExactly(6.006, 5.0, 4.5, 4.0);
    assertThat(segments)
        .extracting(segment -> segment.uri().toString())
        .containsExactly(
            "https://host/a/b/all.mp4",
            "https://host/a/b/all.mp4",
            "https://host/a/c/s3.mp4?x=1",
            "https://other.host/s4.mp4");
    assertThat(segments.get(0).title()).isEqualTo("first, with a comma");
    assertThat(segments.get(0).programDateTime()).contains(Instant.parse("2026-01-01T09:00:00.5Z"));
    assertThat(segments)
        .extracting(Segment::discontinuity)
        .containsExactly(false, false, true, false);
    assertThat(segments).extracting(Segment::gap).containsExactly(false, false, false, true);
  }

  @Test
  void aByteRangeWithoutOffsetContinuesTheOneBefore() {
    List<Segment> segments = media(FULL).segments();
    assertThat(segments.get(0).range()).contains(new ByteRange(720, 1000));
    assertThat(segments.get(1).range()).contains(new ByteRange(1720, 500));
    assertThat(segments.get(2).range()).isEmpty();
  }

  @Test
  void keysAndInitSectionsHoldUntilTheNext() {
    List<Segment> segments = media(FULL).segments();
    assertThat(segments.get(1).keys())
        .containsExactly(
            new Key(
                Key.AES_128,
                Optional.of(URI.create("https://host/a/b/key1")),
                "key1",
                Optional.of("0000000000000000000000000000002A"),
                Key.IDENTITY));
    assertThat(segments.get(2).keys()).isEmpty();
    assertThat(segments.get(1).map())
        .contains(
            new InitSection(
                URI.create("https://host/a/b/init0.mp4"), Optional.of(new ByteRange(0, 720))));
    assertThat(segments.get(3).map())
        .contains(new InitSection(URI.create("https://host/init1.mp4"), Optional.empty()));
  }

  @Test
  void severalKeyFormatsAreWaysToTheSameMedia() {
    List<Segment> segments =
        media(
                vod(
                    """
                    #EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://a",KEYFORMAT="com.apple.streamingkeydelivery"
                    #EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:b",KEYFORMAT="urn:uuid:edef8ba9"
                    #EXTINF:1,
                    a.ts\
                    """))
            .segments();
    assertThat(segments.getFirst().keys())
        .extracting(Key::rawUri)
        .containsExactly("skd://a", "data:b");
    assertThat(segments.getFirst().keys()).extracting(Key::uri).containsOnly(Optional.empty());
  }

  @Test
  void replacesVariables() {
    List<Segment> segments =
        media(
                vod(
                    """
                    #EXT-X-DEFINE:NAME="dir",VALUE="media/x"
                    #EXT-X-DEFINE:QUERYPARAM="token"
                    #EXTINF:1,
                    {$dir}/a.ts?t={$token}&u={$unknown}\
                    """))
            .segments();
    assertThat(segments.getFirst().uri().toString())
        .isEqualTo("https://host/a/b/media/x/a.ts?t=t1&u=%7B$unknown%7D");
  }

  @Test
  void readsAMultivariantPlaylist() {
    MultivariantPlaylist master =
        (MultivariantPlaylist)
            parse(
                """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="Deutsch, Stereo",LANGUAGE="de",DEFAULT=YES,URI="de.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="in",NAME="x"
                #EXT-X-SESSION-KEY:METHOD=AES-128,URI="k"
                #EXT-X-STREAM-INF:BANDWIDTH=1280000,AVERAGE-BANDWIDTH=1000000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="aac"
                low/index.m3u8
                #EXT-X-STREAM-INF:BANDWIDTH=2560000,AUDIO="in"

                #comment
                /high.m3u8
                #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="i.m3u8"
                """);
    assertThat(master.variants()).hasSize(2);
    Variant first = master.variants().getFirst();
    assertThat(first.uri().toString()).isEqualTo("https://host/a/b/low/index.m3u8");
    assertThat(first.bandwidth()).isEqualTo(1_280_000);
    assertThat(first.averageBandwidth()).isEqualTo(1_000_000);
    assertThat(first.codecs()).isEqualTo("avc1.4d401f,mp4a.40.2");
    assertThat(first.width()).isEqualTo(OptionalInt.of(1280));
    assertThat(first.height()).isEqualTo(OptionalInt.of(720));
    assertThat(first.frameRate()).contains(29.97);
    assertThat(master.hasSeparateAudio(first)).isTrue();
    assertThat(master.hasSeparateAudio(master.variants().getLast())).isFalse();
    assertThat(master.renditions().getFirst().name()).isEqualTo("Deutsch, Stereo");
    assertThat(master.renditions().getFirst().isDefault()).isTrue();
    assertThat(master.sessionKeys()).extracting(Key::method).containsExactly("AES-128");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'#EXTM3U¶#EXTINF:4.5,¶a.ts¶' | 4.5 | 'no target duration'",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4.004¶#EXTINF:4,¶a.ts' | 4.004 | ''",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:x¶#EXTINF:4,¶a.ts' | 4 | 'no duration: x'",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXTINF:-1 tvg-id=x,N¶a.ts' | 4 | 'EXTINF without'",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4¶a.ts' | 4 | 'a URI without EXTINF'",
        "'#EXT-X-TARGETDURATION:4¶#EXTINF:4,¶a.ts' | 4 | 'begins without #EXTM3U'",
        "'\uFEFF#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXTINF:4,¶a.ts' | 4 | ''",
        "'¶  #EXTM3U¶#EXT-X-TARGETDURATION:4¶ #EXTINF:4,¶ a.ts ' | 4 | ''",
        "'#EXTM3U§#EXT-X-TARGETDURATION:4§#EXTINF:4,§a.ts§' | 4 | ''",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXT-X-BYTERANGE:x@y¶#EXTINF:4,¶a.ts' | 4 | 'no byte"
            + " range'",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXTINF:1e999,¶a.ts' | 4 | 'no duration'",
        "'#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXT-X-MEDIA-SEQUENCE:-3¶a.ts' | 4 | 'no number'",
      })
  void forgivesWhatPlayersForgive(String text, double target, String warning) {
    MediaPlaylist playlist = media(text.replace("§", "\r\n").replace("¶", "\n"));
    assertThat(playlist.segments()).hasSize(1);
    assertThat(playlist.targetDuration()).isEqualTo(target);
    assertThat(String.join("; ", playlist.warnings())).contains(warning);
    assertThat(playlist.warnings().isEmpty()).isEqualTo(warning.isEmpty());
  }

  @Test
  void aSegmentThatCannotBeFetchedIsAGapAndNotForgotten() {
    MediaPlaylist playlist =
        media(vod("#EXTINF:2,¶ftp://host/a.ts¶#EXTINF:3,¶b.ts".replace("¶", "\n")));
    assertThat(playlist.segments()).extracting(Segment::gap).containsExactly(true, false);
    assertThat(playlist.segments().getFirst().duration()).isEqualTo(2);
    assertThat(playlist.warnings().getFirst()).contains("line 4").contains("gap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "<!DOCTYPE html><html></html>",
        "#EXTINF",
        "\u0000\u0001\u0002",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nftp://x/y",
      })
  void refusesWhatIsNoPlaylist(String text) {
    assertThatThrownBy(() -> PARSER.parse(text, BASE)).isInstanceOf(PlaylistException.class);
  }

  @Test
  void refusesWhatIsBeyondTheLimits() {
    assertThatThrownBy(() -> PARSER.parse(new byte[(1 << 20) + 1], BASE))
        .hasMessageContaining("longer than 1048576 bytes");
    assertThatThrownBy(() -> PARSER.parse(vod("#EXTINF:1,\n" + "a".repeat(5000)), BASE))
        .hasMessage("playlist line 4: longer than 4096 characters");
    assertThatThrownBy(() -> PARSER.parse(vod("#EXTINF:1,\na\n".repeat(5001)), BASE))
        .hasMessageContaining("more than 5000 entries");
  }

  @Test
  void throwsNothingButItsOwnHoweverATextIsBroken() {
    Random random = new Random(20261124);
    int understood = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = FULL.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(1, 12); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
      try {
        PARSER.parse(java.util.Arrays.copyOf(bytes, length), BASE);
        understood++;
      } catch (PlaylistException refused) {
        assertThat(refused).hasMessageStartingWith("playlist ").isNotNull();
      }
    }
    assertThat(understood).isGreaterThan(1000);
  }
}
