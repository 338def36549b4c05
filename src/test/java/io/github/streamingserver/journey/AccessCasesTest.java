package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sites that don't want everybody: browsers only, challenges, cookies of an account. */
class AccessCasesTest {
  @TempDir private static Path folder;

  private final Path hls = Media.hls();

  @RegisterExtension
  private final Journey journey =
      new Journey(
          Settings.FAST
              + """
              streamingserver.http.access.curl = ""
              streamingserver.providers.Direct { user-agent = "Owner/1", cookies = "%s" }
              """
                  .formatted(cookies()));

  private static Path cookies() {
    try {
      return Files.writeString(
          folder.resolve("mine.txt"), "127.0.0.1\tFALSE\t/account\tFALSE\t0\tpass\tsecret\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Serves the finished stream below {@code path} to requests that are {@code welcome}. */
  private void serve(String path, Predicate<Request> welcome) {
    List<String> names =
        new ArrayList<>(ListedSegment.in(hls).stream().map(it -> it.uri()).toList());
    names.add("index.m3u8");
    for (String name : names) {
      journey
          .origin()
          .route(
              path + name,
              request ->
                  welcome.test(request) ? Answer.file(hls.resolve(name)) : Answer.status(403));
    }
  }

  @Test
  void aSiteForBrowsersIsRecordedAsByOne() throws Exception {
    serve("browsers/", request -> request.header("Sec-Fetch-Mode").equals("navigate"));
    journey.record("browsers/index.m3u8").assertComplete().assertHolds(Media.joined(hls));
    assertThat(journey.origin().requests("")).hasSize(1);
  }

  @Test
  void aChallengeIsForbiddenWithTheRemedy() throws Exception {
    journey.origin().route("watch", _ -> Answer.status(503).with("cf-mitigated", "challenge"));
    journey.record("watch").assertRefused("forbidden", "providers/<Id>/cookies.txt");
  }

  @Test
  void importedCookiesGoWithSegmentsOfTheirSiteAlone() throws Exception {
    serve("account/", request -> request.header("Cookie").equals("pass=secret"));
    serve("cdn/account/", request -> request.header("Cookie").isEmpty());
    List<ListedSegment> segments = new ArrayList<>();
    for (ListedSegment segment : ListedSegment.in(hls)) {
      boolean elsewhere = segments.size() >= 5;
      segments.add(
          segment.at(
              elsewhere
                  ? journey.origin().urlOnOtherHost("cdn/account/" + segment.uri()).toString()
                  : segment.uri()));
    }
    journey
        .origin()
        .route(
            "account/list.m3u8",
            request ->
                request.header("Cookie").equals("pass=secret")
                    ? Answer.text("list.m3u8", ListedSegment.vod(segments))
                    : Answer.status(403));
    journey
        .record(
            "account/list.m3u8",
            JsonObject.of(
                "headers", Map.of("Authorization", "Bearer secret", "Referer", "http://r/")))
        .assertComplete()
        .assertHolds(Media.joined(hls));
    Request own = journey.origin().requests("account/s0.ts").getFirst();
    Request other = journey.origin().requests("cdn/account/s9.ts").getFirst();
    assertThat(own.header("Authorization")).isEqualTo("Bearer secret");
    assertThat(other.header("Authorization")).isEmpty();
    assertThat(List.of(own, other))
        .allSatisfy(
            request -> {
              assertThat(request.header("User-Agent")).isEqualTo("Owner/1");
              assertThat(request.header("Referer")).isEqualTo("http://r/");
            });
  }
}
