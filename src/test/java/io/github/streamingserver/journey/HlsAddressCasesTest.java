package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a playlist's parts are and who may have them: URIs, redirects, cookies, tokens. */
class HlsAddressCasesTest {
  private static Path hls;

  @RegisterExtension private final Journey journey = new Journey(Settings.FAST);

  @BeforeAll
  static void media() {
    hls = Media.hls();
  }

  private static void assertWhole(Recording recording) {
    recording.assertComplete().assertHolds(Media.joined(hls));
  }

  /** The finished playlist with these URIs. */
  private static String listing(List<String> uris) {
    List<ListedSegment> segments = new ArrayList<>();
    for (ListedSegment segment : ListedSegment.in(hls)) {
      segments.add(segment.at(uris.get(segments.size())));
    }
    return ListedSegment.vod(segments);
  }

  private static List<String> uris(String before, String after) {
    return ListedSegment.in(hls).stream().map(it -> before + it.uri() + after).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void segmentsAreRedirected(int status) throws Exception {
    for (String name : uris("", "")) {
      String to = name.matches("s[0-4].*") ? "/hls/" + name : otherHost("hls/" + name);
      journey.origin().route("moved/" + name, _ -> Answer.redirect(status, to));
    }
    assertWhole(journey.recordPlaylist("moved/index.m3u8", listing(uris("", ""))));
  }

  private String otherHost(String path) {
    return journey.origin().urlOnOtherHost(path).toString();
  }

  @Test
  void urisResolveAgainstWhereARedirectedPlaylistWasFound() throws Exception {
    Path variants = Media.variants();
    journey
        .origin()
        .route("watch/live", _ -> Answer.redirect(302, otherHost("variants/over.m3u8")));
    journey
        .origin()
        .serve("variants/over.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nhere/to\n");
    journey.origin().route("variants/here/to", _ -> Answer.redirect(307, "../high/index.m3u8"));
    journey
        .record("watch/live")
        .assertComplete()
        .assertHolds(Media.joined(variants.resolve("high")));
  }

  @Test
  void urisOfEveryForm() throws Exception {
    URI root = journey.origin().url("");
    journey.origin().mount("with space/ü", hls);
    List<String> forms =
        List.of(
            "../hls/s0.ts",
            "./../x/../hls/s1.ts",
            "/hls/s2.ts",
            "//" + root.getAuthority() + "/hls/s3.ts",
            root.resolve("hls/s4.ts").toString(),
            otherHost("hls/s5.ts"),
            "../hls/s6.ts?sig=a%2Fb%3D&x=1,2&y=http://z/?q",
            "/hls/s7.ts?",
            "../with%20space/%C3%BC/s8.ts",
            "/hls/s9.ts#t=1");
    assertWhole(journey.recordPlaylist("forms/index.m3u8", listing(forms)));
    assertThat(journey.origin().requests("hls/s6.ts"))
        .extracting(Request::query)
        .containsExactly("sig=a%2Fb%3D&x=1,2&y=http://z/?q");
  }

  @Test
  void aPlaylistsQueryIsNotItsSegments() throws Exception {
    assertWhole(journey.record("hls/index.m3u8?token=a%2Fb/../c"));
    assertThat(journey.origin().requests("hls/s3.ts"))
        .extracting(Request::query)
        .containsExactly("");
  }

  @Test
  void cookiesThatThePlaylistSetsGoWithSegments() throws Exception {
    journey.origin().edit("hls/index.m3u8", it -> it.with("Set-Cookie", "pass=a1; Path=/hls"));
    journey.origin().requireCookie("hls/s", "pass=a1");
    assertWhole(journey.record("hls/index.m3u8"));
  }

  @Test
  void cookiesThatARedirectSetsGoWithAllAfterIt() throws Exception {
    journey
        .origin()
        .route(
            "watch",
            _ -> Answer.redirect(302, "/hls/index.m3u8").with("Set-Cookie", "pass=b2; Path=/"));
    journey.origin().requireCookie("hls/", "pass=b2");
    assertWhole(journey.record("watch"));
  }

  private static String defining(String definition, List<String> uris) {
    return listing(uris)
        .replace("#EXT-X-VERSION:7", "#EXT-X-VERSION:11\n#EXT-X-DEFINE:" + definition);
  }

  @Test
  void variablesAreDefinedInThePlaylist() throws Exception {
    String playlist = defining("NAME=\"base\",VALUE=\"/hls\"", uris("{$base}/", ""));
    assertWhole(journey.recordPlaylist("define/index.m3u8", playlist));
  }

  @Test
  void variablesComeFromThePlaylistsQuery() throws Exception {
    String playlist = defining("QUERYPARAM=\"token\"", uris("/hls/", "?t={$token}"));
    journey.origin().serve("define/index.m3u8", playlist);
    assertWhole(journey.record("define/index.m3u8?x=1&token=abc"));
    assertThat(journey.origin().requests("hls/s9.ts"))
        .extracting(Request::query)
        .containsExactly("t=abc");
  }

  @Test
  void variablesComeFromTheMultivariantPlaylist() throws Exception {
    journey.origin().serve("define/media.m3u8", defining("IMPORT=\"base\"", uris("{$base}/", "")));
    String master =
        """
        #EXTM3U
        #EXT-X-VERSION:8
        #EXT-X-DEFINE:NAME="base",VALUE="/hls"
        #EXT-X-DEFINE:NAME="name",VALUE="media"
        #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
        {$name}.m3u8
        """;
    assertWhole(journey.recordPlaylist("define/master.m3u8", master));
  }

  /** From the fifth segment on a token of before the first refusal is worth nothing. */
  private void serveSigned() {
    AtomicBoolean refused = new AtomicBoolean();
    journey
        .origin()
        .route(
            "signed/index.m3u8",
            _ ->
                Answer.text(
                    "index.m3u8", listing(uris("", refused.get() ? "?token=new" : "?token=old"))));
    for (int i = 0; i < Media.SECONDS; i++) {
      String name = "s" + i + ".ts";
      boolean late = i >= 4;
      journey
          .origin()
          .route(
              "signed/" + name,
              request -> {
                if (late && !request.query().equals("token=new")) {
                  refused.set(true);
                  return Answer.status(403);
                }
                return Answer.file(hls.resolve(name));
              });
    }
  }

  @Test
  void aTokenThatExpiresIsRenewedByThePlaylist() throws Exception {
    serveSigned();
    assertWhole(journey.record("signed/index.m3u8"));
  }

  @Test
  void aTokenThatExpiresIsRenewedByTheMultivariantPlaylist() throws Exception {
    serveSigned();
    String master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nindex.m3u8\n";
    assertWhole(journey.recordPlaylist("signed/master.m3u8", master));
  }

  @Test
  void aTokenThatIsNeverRenewedEndsItAsForbidden() throws Exception {
    for (String name : uris("", "").subList(4, 10)) {
      journey.origin().route("hls/" + name, _ -> Answer.status(403));
    }
    Recording recording = journey.record("hls/index.m3u8");
    assertThat(recording.stop().text("error_id")).contains("forbidden");
    recording.assertHolds(new Media.Part(hls, 0, 4).joined());
  }
}
