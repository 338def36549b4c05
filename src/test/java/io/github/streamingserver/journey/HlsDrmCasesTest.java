package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.EditedMedia;
import io.github.streamingserver.testkit.EditedMedia.Aes;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Protection is refused at every level that says so, and never seen where there is none. */
class HlsDrmCasesTest {
  @RegisterExtension private final Journey journey = new Journey(Settings.FAST);

  /** Attributes of a key tag, and what the message names; empty where nothing has a name. */
  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("METHOD=SAMPLE-AES,URI=\"key.bin\"", ""),
        Arguments.of("METHOD=SAMPLE-AES-CTR,URI=\"key.bin\"", ""),
        Arguments.of(
            "METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,AAAA\","
                + "KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"",
            "Widevine"),
        Arguments.of(
            "METHOD=SAMPLE-AES,URI=\"data:text/plain;base64,AAAA\","
                + "KEYFORMAT=\"com.microsoft.playready\"",
            "PlayReady"),
        Arguments.of(
            "METHOD=SAMPLE-AES,URI=\"skd://asset\",KEYFORMAT=\"com.apple.streamingkeydelivery\"",
            "FairPlay"),
        Arguments.of(
            "METHOD=AES-128,URI=\"key.bin\",KEYFORMAT=\"com.apple.streamingkeydelivery\"",
            "FairPlay"),
        Arguments.of("METHOD=AES-128,URI=\"skd://asset\"", "FairPlay"),
        Arguments.of("METHOD=AES-128,URI=\"key.bin\",KEYFORMAT=\"com.example.own\"", ""));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyOfAMediaPlaylistIsRefused(String key, String system) throws Exception {
    String playlist = keyed(key);
    Recording refused = journey.recordPlaylist("hls/keyed.m3u8", playlist);
    refused.assertRefused("drm_protected", system);
    assertThat(journey.origin().requests("hls/s0.ts")).isEmpty();
  }

  private static String keyed(String key) {
    List<ListedSegment> segments = ListedSegment.in(Media.hls());
    return ListedSegment.vod(
        Stream.concat(
                Stream.of(segments.getFirst().with("#EXT-X-KEY:" + key)), segments.stream().skip(1))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aSessionKeyIsRefused(String key, String system) throws Exception {
    Media.variants();
    String master =
        """
        #EXTM3U
        #EXT-X-SESSION-KEY:%s
        #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
        high/index.m3u8
        """
            .formatted(key);
    journey.recordPlaylist("variants/session.m3u8", master).assertRefused("drm_protected", system);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyBelowAMultivariantPlaylistIsRefused(String key, String system) throws Exception {
    journey.origin().serve("hls/keyed.m3u8", keyed(key));
    String master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nkeyed.m3u8\n";
    journey.recordPlaylist("hls/over.m3u8", master).assertRefused("drm_protected", system);
  }

  @Test
  void aLicenseServerInTheRequestIsRefusedAtOnce() throws Exception {
    JsonObject more =
        JsonObject.of("video", Map.of("license_url", "https://license.test/widevine"));
    journey.record("hls/index.m3u8", more).assertRefused("drm_protected", "");
    assertThat(journey.origin().requests()).isEmpty();
  }

  @Test
  void wordsInPathsAndTitlesProveNothing() throws Exception {
    String folder = "drm/license/encrypted/widevine/playready/sample-aes";
    journey.origin().mount(folder, Media.hls());
    String playlist =
        ListedSegment.vod(ListedSegment.in(Media.hls()))
            .replaceAll("(#EXTINF:[^,]*,)", "$1DRM license_url encrypted skd fairplay")
            .replace("#EXT-X-PLAYLIST-TYPE", "# Widevine, METHOD=SAMPLE-AES\n#EXT-X-PLAYLIST-TYPE");
    journey
        .recordPlaylist(folder + "/license.m3u8", playlist)
        .assertComplete()
        .assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void ordinaryTransportEncryptionOnSuchAPathIsDecrypted() throws Exception {
    String folder = "drm/skd/license";
    journey.origin().mount(folder, EditedMedia.encrypted(Aes.EXPLICIT_IV));
    journey.record(folder + "/index.m3u8").assertComplete().assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void aKeyOfNoMethodAndASessionKeyOfAes128AreNoProtection() throws Exception {
    Media.variants();
    String master =
        """
        #EXTM3U
        #EXT-X-SESSION-KEY:METHOD=AES-128,URI="key0.bin"
        #EXT-X-STREAM-INF:BANDWIDTH=500000
        none.m3u8
        """;
    journey.origin().serve("hls/none.m3u8", keyed("METHOD=NONE"));
    journey
        .recordPlaylist("hls/session.m3u8", master)
        .assertComplete()
        .assertHolds(Media.joined(Media.hls()));
  }
}
