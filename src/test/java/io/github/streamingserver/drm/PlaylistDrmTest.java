package io.github.streamingserver.drm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.DrmScheme;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistDrmTest {
  private static final String HEADER = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
  private static final String SEGMENT = "\n#EXTINF:6,\na.ts\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "METHOD=SAMPLE-AES,URI=\"k\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES-CTR,URI=\"k\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES-CENC,URI=\"k\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES,URI=\"k\",KEYFORMAT=\"identity\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,AAAA\","
            + "KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\" | WIDEVINE",
        "METHOD=SAMPLE-AES,URI=\"k\","
            + "KEYFORMAT=\"URN:UUID:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED\" | WIDEVINE",
        "METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.microsoft.playready\" | PLAYREADY",
        "METHOD=SAMPLE-AES,URI=\"k\",KEYFORMAT=\"com.apple.streamingkeydelivery\" | FAIRPLAY",
        "METHOD=SAMPLE-AES,URI=\"skd://id\" | FAIRPLAY",
        "METHOD=AES-128,URI=\"SKD://id\" | FAIRPLAY",
        "METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.example.other\" | UNKNOWN",
      })
  void isProtected(String key, DrmScheme scheme) {
    String line = key.replace(" ", "");

    assertThat(media("#EXT-X-KEY:" + line + SEGMENT)).contains(scheme);
    assertThat(of("#EXTM3U\n#EXT-X-SESSION-KEY:" + line)).contains(scheme);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "METHOD=NONE",
        "METHOD=AES-128,URI=\"k\"",
        "METHOD=AES-128,URI=\"k\",KEYFORMAT=\"identity\",KEYFORMATVERSIONS=\"1\"",
        "METHOD=AES-128,URI=\"https://drm.test/widevine/license/playready/skd/key.bin\"",
        "METHOD=AES-128,URI=\"https://k.test/?next=skd://x&keyformat=com.microsoft.playready\"",
      })
  void isOpen(String key) {
    assertThat(media("#EXT-X-KEY:" + key + SEGMENT)).isEmpty();
    assertThat(of("#EXTM3U\n#EXT-X-SESSION-KEY:" + key)).isEmpty();
  }

  @Test
  void wordsInPathsAndTitlesProveNothing() {
    assertThat(
            media("#EXTINF:6,Widevine DRM encrypted\nhttps://cdn.test/drm/SAMPLE-AES/license.ts\n"))
        .isEmpty();
  }

  @Test
  void namesTheSystemAmongSeveralKeys() {
    assertThat(
            media(
                "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n"
                    + "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\",KEYFORMAT=\"com.example.x\"\n"
                    + "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\",KEYFORMAT=\"com.microsoft.playready\""
                    + SEGMENT))
        .contains(DrmScheme.PLAYREADY);
  }

  @Test
  void protectedInitSectionCounts() {
    String map = "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n#EXT-X-MAP:URI=\"i\"\n";

    assertThat(media(map + "#EXT-X-KEY:METHOD=NONE" + SEGMENT)).contains(DrmScheme.SAMPLE_AES);
  }

  @Test
  void clearLeadIsOpenSegmentBySegment() {
    MediaPlaylist playlist =
        (MediaPlaylist)
            PlaylistParser.parse(
                HEADER + SEGMENT + "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\"" + SEGMENT,
                URI.create("https://cdn.test/a.m3u8"),
                Map.of());

    Segment lead = playlist.segments().getFirst();
    Segment later = playlist.segments().getLast();
    assertThat(PlaylistDrm.of(lead)).isEmpty();
    assertThat(PlaylistDrm.of(later)).contains(DrmScheme.FAIRPLAY);
    assertThat(PlaylistDrm.of(playlist)).contains(DrmScheme.FAIRPLAY);
  }

  private static Optional<DrmScheme> media(String text) {
    return of(HEADER + text);
  }

  private static Optional<DrmScheme> of(String text) {
    return PlaylistDrm.of(
        PlaylistParser.parse(text, URI.create("https://cdn.test/drm/a.m3u8"), Map.of()));
  }
}
