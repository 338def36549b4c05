package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.Request;
import io.github.streamingserver.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cookies.txt of a site of pages: for its pages and streams alone, and edited as it runs. */
class SiteCookiesTest {
  private static final String CONFIG =
      """
      {"kind": "html", "base": "https://club.example/",
       "categories": {"page": "/categories", "each": "li", "name": "a", "url": "a@href"},
       "items": {"page": "{url}", "each": "div", "title": "a", "url": "a@href"},
       "streams": [{"pattern": "file: \\"(?<url>[^\\"]+)\\""}]}\
      """;

  private static final String SETTINGS =
      "streamingserver { providers.Club.base-url = \"%s\", http.access.curl = \"\" }\n"
          + Settings.FAST;

  private static final int OWN = 5;

  @TempDir Path folder;

  private final Path hls = Media.hls();
  private Origin origin;
  private TestServer server;
  private Client client;
  private volatile String accepted = "first";

  @BeforeEach
  void start() throws Exception {
    Path home = Files.createDirectories(folder.resolve("providers/Club"));
    Files.writeString(home.resolve("config.json"), CONFIG);
    cookie("first");
    origin = new Origin(Media.root());
    guard("categories", this::isMember, () -> text("<li><a href=/c>All</a></li>"));
    guard("film", this::isMember, () -> text("<script>play({file: \"/club/list.m3u8\"})</script>"));
    guard(
        "club/list.m3u8",
        this::isMember,
        () -> Answer.text("list.m3u8", ListedSegment.vod(segments())));
    for (ListedSegment segment : ListedSegment.in(hls)) {
      Supplier<Answer> content = () -> Answer.file(hls.resolve(segment.uri()));
      guard("club/" + segment.uri(), this::isMember, content);
      guard("cdn/" + segment.uri(), request -> request.header("Cookie").isEmpty(), content);
    }
    server = TestServer.start(folder.resolve("providers"), SETTINGS.formatted(origin.url("")));
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
  }

  private void cookie(String value) throws IOException {
    Files.writeString(
        folder.resolve("providers/Club/cookies.txt"),
        "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tmember\t" + value + "\n");
  }

  private boolean isMember(Request request) {
    return request.header("Cookie").equals("member=" + accepted);
  }

  private void guard(String path, Predicate<Request> welcome, Supplier<Answer> content) {
    origin.route(path, request -> welcome.test(request) ? content.get() : Answer.status(403));
  }

  private static Answer text(String html) {
    return Answer.text("page.html", "<html><body>" + html + "</body></html>");
  }

  /** The first ones at the site, the others elsewhere. */
  private List<ListedSegment> segments() {
    List<ListedSegment> segments = new ArrayList<>();
    for (ListedSegment segment : ListedSegment.in(hls)) {
      segments.add(
          segments.size() < OWN
              ? segment
              : segment.at(origin.urlOnOtherHost("cdn/" + segment.uri()).toString()));
    }
    return segments;
  }

  private Message categories() throws Exception {
    client.send(
        "get_categories",
        JsonObject.of("data_dir", folder.resolve("data").toString())
            .with("provider", Map.of("provider_id", "Club")));
    return client.receive();
  }

  private Recording record(String to) throws Exception {
    Path movie = folder.resolve(to);
    client.send(
        "start",
        JsonObject.of("url", origin.url("film").toString())
            .with("rec_dir", movie.toString())
            .with("quality", "best")
            .with("provider", Map.of("provider_id", "Club")));
    return Recording.await(client, movie);
  }

  @Test
  void theyGoWithItsPageAndItsStreamAndNowhereElse() throws Exception {
    record("movie").assertComplete().assertHolds(Media.joined(hls));
    assertThat(origin.requests("film").getFirst().header("Cookie")).isEqualTo("member=first");
    assertThat(origin.requests("club/s0.ts").getFirst().header("Cookie")).isNotEmpty();
    assertThat(origin.requests("cdn/s9.ts")).hasSize(1);
  }

  @Test
  void anEditIsNoticedWithoutARestart() throws Exception {
    assertThat(categories().command()).isEqualTo("get_categories");
    accepted = "second";
    Message refused = categories();
    assertThat(refused.args().text("error_id")).as(refused.toString()).contains("forbidden");
    cookie("second");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> categories().command().equals("get_categories"));
    record("movie").assertComplete().assertHolds(Media.joined(hls));
  }
}
