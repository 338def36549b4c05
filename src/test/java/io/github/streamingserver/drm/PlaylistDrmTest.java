package io.github.streamingserver.drm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.model.DrmScheme;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistDrmTest {
  private static Optional<DrmScheme> drm(String text) {
    try {
      return PlaylistDrm.of(
          new PlaylistParser(new PlaylistLimits(100_000, 4096, 100))
              .parse(
                  text.replace("¶", "\n"), URI.create("http://drm.host/encrypted/license.m3u8")));
    } catch (PlaylistException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "METHOD=NONE | none",
        "METHOD=AES-128,URI=\"k\" | none",
        "METHOD=AES-128,URI=\"k\",KEYFORMAT=\"identity\" | none",
        "METHOD=AES-128,URI=\"http://drm/widevine/playready/skd\",IV=0x01 | none",
        "METHOD=SAMPLE-AES,URI=\"k\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES-CTR,URI=\"k\" | SAMPLE_AES",
        "METHOD=SAMPLE-AES-CTR,URI=\"data:x\",KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""
            + " | WIDEVINE",
        "METHOD=SAMPLE-AES,URI=\"data:x\",KEYFORMAT=\"URN:UUID:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED\""
            + " | WIDEVINE",
        "METHOD=SAMPLE-AES,URI=\"data:x\",KEYFORMAT=\"com.microsoft.playready\" | PLAYREADY",
        "METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\" | FAIRPLAY",
        "METHOD=AES-128,URI=\"skd://x\" | FAIRPLAY",
        "METHOD=AES-128,URI=\"k\",KEYFORMAT=\"something.else\" | UNKNOWN",
      })
  void tellsByMethodAndFormatAlone(String key, DrmScheme expected) {
    Optional<DrmScheme> scheme = Optional.ofNullable(expected);
    String clear = "#EXTM3U¶#EXT-X-TARGETDURATION:4¶#EXTINF:4,¶clear.ts¶";
    assertThat(drm(clear + "#EXT-X-KEY:" + key + "¶#EXTINF:4,¶a.ts")).isEqualTo(scheme);
    String variant = "¶#EXT-X-STREAM-INF:BANDWIDTH=1¶drm-license.m3u8";
    assertThat(drm("#EXTM3U¶#EXT-X-SESSION-KEY:" + key + variant)).isEqualTo(scheme);
  }

  @ParameterizedTest
  @CsvSource({"SAMPLE-AES", "SAMPLE-AES-CTR"})
  void namesTheSystemWhereOneOfSeveralKeysDoes(String method) {
    String key = "#EXT-X-KEY:METHOD=" + method;
    String playReady = ",URI=\"d\",KEYFORMAT=\"com.microsoft.playready\"¶";
    assertThat(drm("#EXTM3U¶" + key + ",URI=\"k\"¶" + key + playReady + "#EXTINF:4,¶a.ts"))
        .contains(DrmScheme.PLAYREADY);
  }
}
