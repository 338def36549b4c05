package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a site does: a clear error, and what else there is goes on. */
class BrokenSitesTest {
  private static final String CONFIG =
      """
      {"kind": "html", "base": "https://videos.example/",
       "categories": {"page": "/categories", "each": "ul.categories li", "name": "a", "url": "a@href"},
       "items": {"page": "{url}?page={page}", "each": "div.video", "title": "a.title", "url": "a.title@href",
                 "duration": {"select": "span.time", "pattern": "a*a*a*a*a*a*a*a*b"}},
       "streams": [{"script": "window.player", "at": "/sources/*", "url": "/src"}]}\
      """;

  private static final String SETTINGS =
      Settings.FAST
          + """
          streamingserver.providers.Films { base-url = "%s", max-page-size = 1 MiB, pattern-timeout = 50 ms }
          streamingserver.recording.start-budget = 200 ms
          """;

  private static final long HUGE = 500_000_000;

  /** Ways in which a page is not what it was. */
  enum Break {
    SILENCE("timeout", "in time"),
    STALL("timeout", "No data from"),
    FORBIDDEN("forbidden", "answered 403"),
    CLOUDFLARE("forbidden", "(Cloudflare); open the site in a browser and save its cookies"),
    DATADOME("forbidden", "(DataDome); open the site in a browser and save its cookies"),
    TURNSTILE("forbidden", "as providers/<Id>/cookies.txt"),
    MITIGATED("forbidden", "answered with a challenge for browsers"),
    GONE("failure", "answered 404"),
    SERVER_ERROR("failure", "answered 500"),
    CUT("failure", "broke off"),
    REDIRECT_LOOP("failure", "redirects"),
    TO_A_FILE("failure", "redirects"),
    HUGE_WITH_LENGTH("failure", "raise providers.Films.max-page-size"),
    HUGE_IN_CHUNKS("failure", "raise providers.Films.max-page-size"),
    BAD_GZIP("failure", "can't be decompressed");

    private final String errorId;
    private final String message;

    Break(String errorId, String message) {
      this.errorId = errorId;
      this.message = message;
    }
  }

  /** Zeros without an end, nearly. */
  private record Zeros(long size) implements Answer.Content {
    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      byte[] some = new byte[1 << 16];
      for (long left = count; left > 0; left -= some.length) {
        out.write(some, 0, (int) Math.min(left, some.length));
      }
    }
  }

  @TempDir Path folder;

  private Origin origin;
  private MadeUpSite site;
  private TestServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    Path providers = folder.resolve("providers");
    Files.createDirectories(providers.resolve("Films"));
    Files.writeString(providers.resolve("Films/config.json"), CONFIG);
    origin = new Origin(Media.root());
    site = new MadeUpSite(origin);
    server = TestServer.start(providers, SETTINGS.formatted(origin.url("")));
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
  }

  private void breakPath(String path, Break way) {
    Answer good = Answer.text("page.html", "<html></html>");
    switch (way) {
      case SILENCE -> fail(path, new Fault.Silence());
      case STALL -> fail(path, new Fault.StallAfter(20));
      case FORBIDDEN -> origin.route(path, _ -> Answer.status(403));
      case CLOUDFLARE -> challenge(path, 503, "<title>Just a moment...</title>");
      case DATADOME -> challenge(path, 403, "<script src='https://ct.captcha-delivery.com/c.js'>");
      case TURNSTILE -> challenge(path, 429, "<div class='cf-turnstile'></div>");
      case MITIGATED ->
          origin.route(path, _ -> Answer.status(403).with("cf-mitigated", "challenge"));
      case GONE -> origin.route(path, _ -> Answer.status(404));
      case SERVER_ERROR -> origin.route(path, _ -> Answer.status(500));
      case CUT -> fail(path, new Fault.CutAfter(20));
      case REDIRECT_LOOP -> origin.route(path, _ -> Answer.redirect(302, "/" + path));
      case TO_A_FILE -> origin.route(path, _ -> Answer.redirect(302, "file:///etc/passwd"));
      case HUGE_WITH_LENGTH -> origin.route(path, _ -> huge());
      case HUGE_IN_CHUNKS -> origin.route(path, _ -> huge().chunked());
      case BAD_GZIP -> origin.route(path, _ -> good.with("Content-Encoding", "gzip"));
    }
  }

  /** As often as anything may try. */
  private void fail(String path, Fault fault) {
    Fault[] always = new Fault[50];
    Arrays.fill(always, fault);
    origin.fail(path, always);
  }

  /** At the page, and at the front page that a browser would come by. */
  private void challenge(String path, int status, String mark) {
    Answer page =
        new Answer(
            status,
            Map.of("Content-Type", "text/html"),
            Answer.text("page.html", "<html><head>" + mark + "</head></html>").content(),
            Answer.Framing.LENGTH);
    origin.route(path, _ -> page);
    origin.route("", _ -> page);
  }

  private static Answer huge() {
    return new Answer(
        200, Map.of("Content-Type", "text/html"), new Zeros(HUGE), Answer.Framing.LENGTH);
  }

  private void browse(String command, JsonObject more) throws Exception {
    client.send(
        command,
        JsonObject.of("data_dir", folder.resolve("data").toString())
            .with("provider", Map.of("provider_id", "Films"))
            .and(more));
  }

  private void items(String list) throws Exception {
    browse(
        "get_media_items",
        JsonObject.of("category", Map.of("name", "x", "url", origin.url(list).toString())));
  }

  private void start(String path) throws Exception {
    browse(
        "start",
        JsonObject.of("url", origin.url(path).toString())
            .with("rec_dir", folder.resolve("movie").toString()));
  }

  private void assertError(String command, String errorId, String... message) throws Exception {
    JsonObject stop = client.receive("stop");
    assertThat(stop.text("command")).as(stop.toString()).contains(command);
    assertThat(stop.text("error_id")).as(stop.toString()).contains(errorId);
    assertThat(stop.text("msg").orElse("")).contains(message);
  }

  private void assertAlive() throws Exception {
    items("c/boats");
    assertThat(client.receive("get_media_items").objects("data")).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void aListThatCantBeHad(Break way) throws Exception {
    breakPath("categories", way);
    browse("get_categories", JsonObject.empty());
    assertError("get_categories", way.errorId, way.message, "/categories");
    assertAlive();
  }

  @ParameterizedTest
  @EnumSource
  void aCategoryThatCantBeHad(Break way) throws Exception {
    origin.serve("c/broken", "<html><div class=video><a class=title href=/x>x</a></div></html>");
    breakPath("c/broken", way);
    items("c/broken");
    assertError("get_media_items", way.errorId, way.message, "/c/broken");
    assertAlive();
  }

  @ParameterizedTest
  @EnumSource
  void anItemsPageThatCantBeHad(Break way) throws Exception {
    String film = site.film();
    breakPath(film, way);
    start(film);
    assertError("start", way.errorId, way.message, film);
    assertAlive();
  }

  @Test
  void markupThatHasMoved() throws Exception {
    origin.serve("categories", "<html><ol><li><a href=/x>x</a></ol></html>");
    browse("get_categories", JsonObject.empty());
    assertError("get_categories", "failure", "'ul.categories li'", "mend \"categories.each\"");
    origin.serve("c/moved", "<html><div class=video><a href=/x>x</a></div></html>");
    items("c/moved");
    assertError("get_media_items", "failure", "1 entries has a title", "mend \"items.title\"");
    assertAlive();
  }

  @Test
  void pagesThatAreNoPages() throws Exception {
    origin.serve("c/deep", "<div>".repeat(150_000));
    items("c/deep");
    assertError("get_media_items", "failure", "mend \"items.each\"");
    origin.serve("c/random", new byte[100_000]);
    items("c/random");
    assertError("get_media_items", "failure", "mend \"items.each\"");
    assertAlive();
  }

  @Test
  void aPatternThatNeverEnds() throws Exception {
    origin.serve(
        "c/long",
        "<div class=video><a class=title href=/x>x</a><span class=time>%s</span></div>"
            .formatted("a".repeat(500)));
    items("c/long");
    assertError("get_media_items", "failure", "'a*a*a*a*a*a*a*a*b' takes more than 50 ms");
    assertAlive();
  }

  @Test
  void jsonThatIsNone() throws Exception {
    start(site.film("<script>window.player = {\"sources\": [nonsense]}</script>"));
    assertError("start", "failure", "'window.player' is no valid JSON", "mend \"streams\"");
    start(site.film("<script>window.player = {\"streams\": []}</script>"));
    assertError("start", "failure", "No stream on", "'/sources/*'");
    assertAlive();
  }

  @Test
  void streamsThatAreNotThere() throws Exception {
    start(site.film("<script>window.player = {\"sources\": [{\"src\": \"/gone.mp4\"}]}</script>"));
    assertError("start", "failure", "/gone.mp4 answered 404");
    assertAlive();
  }
}
