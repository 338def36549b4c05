package io.github.streamingserver.hls;

import static io.github.streamingserver.hls.Texts.media;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaPlaylistTest {
  @Test
  void readsTheHeaderTags() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-VERSION:9",
            "#EXT-X-MEDIA-SEQUENCE:4000000000000",
            "#EXT-X-DISCONTINUITY-SEQUENCE:7",
            "#EXT-X-PLAYLIST-TYPE:EVENT",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXT-X-START:TIME-OFFSET=-12.5,PRECISE=YES",
            "#EXTINF:5.005,First, with comma",
            "a.ts",
            "#EXT-X-DISCONTINUITY",
            "#EXTINF:6,",
            "b.ts",
            "#EXT-X-ENDLIST");

    assertThat(playlist.warnings()).isEmpty();
    assertThat(playlist.version()).isEqualTo(9);
    assertThat(playlist.targetDuration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(playlist.endList()).isTrue();
    assertThat(playlist.independentSegments()).isTrue();
    assertThat(playlist.playlistType()).contains(MediaPlaylist.PlaylistType.EVENT);
    assertThat(playlist.start()).contains(new Start(Duration.ofMillis(-12_500), true));
    assertThat(playlist.duration()).isEqualTo(Duration.ofMillis(11_005));
    Segment first = playlist.segments().getFirst();
    assertThat(first.sequence()).isEqualTo(4_000_000_000_000L);
    assertThat(first.title()).isEqualTo("First, with comma");
    assertThat(first.discontinuitySequence()).isEqualTo(7);
    Segment second = playlist.segments().getLast();
    assertThat(second.sequence()).isEqualTo(4_000_000_000_001L);
    assertThat(second.discontinuity()).isTrue();
    assertThat(second.discontinuitySequence()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "b.ts,                     https://cdn.test/live/a/b.ts",
    "../b.ts?x=1,              https://cdn.test/live/b.ts?x=1",
    "../../../../b.ts,         https://cdn.test/b.ts",
    "/b.ts,                    https://cdn.test/b.ts",
    "//other.test/b.ts,        https://other.test/b.ts",
    "http://other.test:81/b,   http://other.test:81/b",
    "?n=5,                     https://cdn.test/live/a/index.m3u8?n=5",
    "a b|c.ts,                 https://cdn.test/live/a/a%20b%7Cc.ts",
    "a%20b.ts,                 https://cdn.test/live/a/a%20b.ts",
  })
  void resolvesUris(String text, String expected) {
    Segment segment = media("#EXTINF:6,", text).segments().getFirst();

    assertThat(segment.uri()).isEqualTo(URI.create(expected));
    assertThat(segment.rawUri()).isEqualTo(text);
    assertThat(segment.gap()).isFalse();
  }

  @Test
  void baseWithoutPathIsItsRoot() {
    Playlist playlist =
        PlaylistParser.parse(
            "#EXTM3U\n#EXTINF:6,\na.ts", URI.create("http://cdn.test"), java.util.Map.of());

    assertThat(((MediaPlaylist) playlist).segments().getFirst().uri())
        .isEqualTo(URI.create("http://cdn.test/a.ts"));
  }

  @ParameterizedTest
  @CsvSource({"file:///etc/passwd", "ftp://cdn.test/a.ts", "http://", "http://[:::/a", "data:x;y"})
  void keepsWhatCantBeFetchedAsAGap(String text) {
    MediaPlaylist playlist = media("#EXTINF:6,", text, "#EXTINF:6,", "b.ts");

    assertThat(playlist.segments()).extracting(Segment::gap).containsExactly(true, false);
    assertThat(playlist.segments().getFirst().uri()).isEqualTo(Segment.UNRESOLVED);
    assertThat(playlist.warnings())
        .containsExactly("line 4: segment whose URI can't be fetched, kept as a gap");
  }

  @Test
  void byteRangesContinueThePreviousOfTheSameUri() {
    MediaPlaylist playlist =
        media(
            "#EXTINF:6,",
            "#EXT-X-BYTERANGE:100@50",
            "a.mp4",
            "#EXTINF:6,",
            "#EXT-X-BYTERANGE:20",
            "a.mp4",
            "#EXTINF:6,",
            "#EXT-X-BYTERANGE:5",
            "a.mp4",
            "#EXTINF:6,",
            "whole.mp4");

    assertThat(playlist.segments())
        .extracting(Segment::byteRange)
        .containsExactly(
            Optional.of(new ByteRange(50, 100)),
            Optional.of(new ByteRange(150, 20)),
            Optional.of(new ByteRange(170, 5)),
            Optional.empty());
    assertThat(playlist.warnings()).isEmpty();
  }

  @Test
  void byteRangeThatContinuesNothingBeginsAtZeroWithAWarning() {
    MediaPlaylist playlist = media("#EXTINF:6,", "#EXT-X-BYTERANGE:100", "a.mp4");

    assertThat(playlist.segments().getFirst().byteRange()).contains(new ByteRange(0, 100));
    assertThat(playlist.warnings()).singleElement().asString().contains("without offset");
  }

  @ParameterizedTest
  @CsvSource({"x", "0@0", "-5@0", "5@-1", "9223372036854775807@1", "5@", "@5"})
  void unreadableByteRangeIsAGap(String range) {
    MediaPlaylist playlist = media("#EXTINF:6,", "#EXT-X-BYTERANGE:" + range, "a.mp4");

    assertThat(playlist.segments().getFirst().gap()).isTrue();
    assertThat(playlist.warnings()).isNotEmpty();
  }

  @Test
  void mapsHoldUntilTheNext() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-MAP:URI=\"init1.mp4\",BYTERANGE=\"700@0\"",
            "#EXTINF:6,",
            "1.m4s",
            "#EXTINF:6,",
            "2.m4s",
            "#EXT-X-DISCONTINUITY",
            "#EXT-X-MAP:URI=\"init2.mp4\"",
            "#EXTINF:6,",
            "3.m4s");

    assertThat(playlist.segments())
        .extracting(segment -> segment.map().orElseThrow().rawUri())
        .containsExactly("init1.mp4", "init1.mp4", "init2.mp4");
    assertThat(playlist.segments().getFirst().map().orElseThrow().byteRange())
        .contains(new ByteRange(0, 700));
    assertThat(playlist.segments().getLast().map().orElseThrow().byteRange()).isEmpty();
  }

  @Test
  void unusableMapMakesGapsUntilTheNext() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-MAP:URI=\"file:///init\"",
            "#EXTINF:6,",
            "1.m4s",
            "#EXT-X-MAP:URI=\"init\"",
            "#EXTINF:6,",
            "2.m4s");

    assertThat(playlist.segments()).extracting(Segment::gap).containsExactly(true, false);
  }

  @Test
  void keepsWhatStandsBeforeOneSegment() {
    MediaPlaylist playlist =
        media(
            "#EXT-X-PROGRAM-DATE-TIME:2024-02-03T04:05:06.789+01:00",
            "#EXT-X-CUE-OUT:30.5",
            "#EXT-X-BITRATE:800",
            "#EXT-X-GAP",
            "#EXTINF:6,",
            "a.ts",
            "#EXT-X-CUE-OUT-CONT:6/30.5",
            "#EXTINF:6,",
            "b.ts",
            "#EXT-X-CUE-OUT-CONT:ElapsedTime=12,Duration=30.5",
            "#EXT-X-CUE-IN",
            "#EXTINF:6,",
            "c.ts");

    Segment first = playlist.segments().getFirst();
    Duration ad = Duration.ofMillis(30_500);
    assertThat(first.programDateTime()).contains(Instant.parse("2024-02-03T03:05:06.789Z"));
    assertThat(first.gap()).isTrue();
    assertThat(first.cues())
        .containsExactly(new Cue(Cue.Kind.OUT, Optional.of(ad), Optional.empty()));
    Segment second = playlist.segments().get(1);
    assertThat(second.programDateTime()).isEmpty();
    assertThat(second.gap()).isFalse();
    assertThat(second.bitrate()).isEqualTo(OptionalLong.of(800));
    assertThat(second.cues())
        .containsExactly(
            new Cue(Cue.Kind.CONTINUED, Optional.of(ad), Optional.of(Duration.ofSeconds(6))));
    assertThat(playlist.segments().getLast().cues())
        .extracting(Cue::kind)
        .containsExactly(Cue.Kind.CONTINUED, Cue.Kind.IN);
    assertThat(playlist.warnings()).isEmpty();
  }

  @Test
  void boundsSegments() {
    PlaylistLimits two = new PlaylistLimits(1000, 100, 2, 2);
    String text = "#EXTM3U\n" + "#EXTINF:6,\na.ts\n".repeat(3);

    assertThatThrownBy(() -> PlaylistParser.parse(text, Texts.BASE, java.util.Map.of(), two))
        .isInstanceOf(PlaylistException.class)
        .hasMessage("line 7: more than 2 segments");
  }
}
