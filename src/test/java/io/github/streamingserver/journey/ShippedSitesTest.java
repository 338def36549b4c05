package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sites that come along, by their own config.json, against an origin of the same shape. */
class ShippedSitesTest {
  private static final Path SHIPPED = Path.of("providers").toAbsolutePath();
  private static final String ID = "xHamster";

  @TempDir Path folder;

  private Origin origin;
  private String settings = "";

  @BeforeEach
  void start() {
    origin = new Origin(Media.root());
    settings =
        "streamingserver.providers { show-adult = on, xHamster.base-url = \"%s\" }\n"
            .formatted(origin.url(""));
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  private JsonObject args() {
    return JsonObject.of("provider", Map.of("provider_id", ID))
        .with("data_dir", folder.resolve("data").toString());
  }

  @Test
  void isListedOnlyWhereTheOwnerWantsIt() throws Exception {
    for (boolean shown : new boolean[] {false, true}) {
      try (TestServer server = TestServer.start(SHIPPED, shown ? settings : "");
          Client client = new Client(server.port())) {
        client.send("get_providers", JsonObject.empty());
        List<String> ids =
            client.receive("get_providers").objects("data").stream()
                .map(it -> it.text("provider_id").orElse(""))
                .toList();
        assertThat(ids.contains(ID)).isEqualTo(shown);
        assertThat(ids).noneMatch(id -> id.startsWith("TEMPLATE_"));
        client.send(
            "get_categories",
            JsonObject.of("provider", Map.of("provider_id", "TEMPLATE_html"))
                .with("category", Map.of("name", "x"))
                .with("data_dir", folder.resolve("data").toString()));
        assertThat(client.receive("stop").text("msg").orElse("")).doesNotContain("config.json");
      }
    }
  }

  @Test
  void browses() throws Exception {
    origin.serve(
        "categories",
        "<a href=/login>Log in</a><a href='/categories/hiking'>Hiking</a><a"
            + " href='/categories/rain'>Rain</a>");
    String item =
        "<div class='thumb-list__item video-thumb'><a href='/videos/%1$s-1'><img src='/t.jpg'></a>"
            + "<a class='video-thumb-info__name' href='/videos/%1$s-1'>%1$s</a>"
            + "<div data-role='video-duration'>09:59</div></div>";
    origin.serve("categories/hiking", item.formatted("first"));
    origin.serve("categories/hiking/2", item.formatted("second"));
    origin.route("search/a+b", _ -> Answer.text("x.html", item.formatted("found")));
    try (TestServer server = TestServer.start(SHIPPED, settings);
        Client client = new Client(server.port())) {
      client.send("get_categories", args());
      List<JsonObject> categories = client.receive("get_categories").objects("data");
      assertThat(categories)
          .extracting(it -> it.text("name").orElse(""))
          .containsExactly("Hiking", "Rain");
      client.send(
          "get_media_items", args().with("category", categories.getFirst()).with("limit", 2));
      assertThat(client.receive("get_media_items").objects("data"))
          .extracting(it -> it.text("title").orElse("") + it.text("duration").orElse(""))
          .containsExactly("first09:59", "second09:59");
      client.send("search", args().with("term", "a b"));
      assertThat(client.receive("search").objects("data"))
          .extracting(it -> it.text("url").orElse(""))
          .containsExactly(origin.url("videos/found-1").toString());
    }
  }

  private Client ask(TestServer server, String sources, boolean av1, String quality)
      throws Exception {
    origin.serve(
        "videos/x-1",
        "<script>window.initials = {\"xplayerSettings\":{\"sources\":" + sources + "}};</script>");
    Client client = new Client(server.port());
    client.send(
        "start",
        args()
            .with("url", origin.url("videos/x-1").toString())
            .with("rec_dir", folder.resolve("movie").toString())
            .with("quality", quality)
            .with("av1", av1));
    return client;
  }

  private JsonObject record(String sources, boolean av1, String quality) throws Exception {
    try (TestServer server = TestServer.start(SHIPPED, settings);
        Client client = ask(server, sources, av1, quality)) {
      JsonObject stop = client.receive("stop");
      assertThat(stop.text("reason")).as(stop.toString()).contains("complete");
      return stop;
    }
  }

  @Test
  void recordsTheFileThatTheClientPlays() throws Exception {
    Media.mp4();
    String sources =
        """
        {"standard": {"av1": [{"url": "/none.mp4", "quality": "1080p", "label": "1080p"}],
          "h264": [{"url": "/gone.mp4", "quality": "720p", "label": "720p", "fallback": "/mp4/video.mp4"},
                   {"url": "/low.mp4", "quality": "240p", "label": "240p"}]}}\
        """;
    record(sources, false, "1080p");
    Frames.assertSame(folder.resolve("movie/stream_0.mp4"), Media.mp4());
    assertThat(origin.requests("gone.mp4").getFirst().header("Referer"))
        .isEqualTo("https://xhamster.com/");
    assertThat(origin.requests("gone.mp4").getFirst().header("Origin"))
        .isEqualTo("https://xhamster.com");
    assertThat(origin.requests("none.mp4")).isEmpty();
  }

  @Test
  void putsAQualityThatTheStreamHasIntoATemplate() throws Exception {
    Path high = Media.variants().resolve("high");
    origin.mount("multi=256x144:144p:,1280x720:720p:/a", high);
    origin.route(
        "multi=256x144:144p:,1280x720:720p:/a/720p.h264.mp4.m3u8",
        _ -> Answer.file(high.resolve("index.m3u8")).with("Content-Type", "application/x-mpegurl"));
    String sources =
        "{\"hls\": {\"h264\": {\"url\":"
            + " \"/multi=256x144:144p:,1280x720:720p:/a/_TPL_.h264.mp4.m3u8\"}}}";
    record(sources, false, "1080p");
    Frames.assertSame(folder.resolve("movie/stream_0.ts"), Media.joined(high));
    assertThat(origin.requests("multi=256x144:144p:,1280x720:720p:/a/144p.h264.mp4.m3u8"))
        .isEmpty();
  }

  @Test
  void looksIntoTheMasterOfATemplateThatListsNothing() throws Exception {
    Path variants = Media.variants();
    origin.mount("hls", variants);
    origin.route("hls/_TPL_.m3u8", _ -> Answer.file(variants.resolve("master.m3u8")));
    String sources =
        """
        {"hls": {"h264": {"url": "/hls/_TPL_.m3u8"}},
         "standard": {"h264": [{"url": "/mp4/video.mp4", "quality": "144p"}]}}\
        """;
    record(sources, false, "best");
    Frames.assertSame(folder.resolve("movie/stream_0.ts"), Media.joined(variants.resolve("high")));
    assertThat(origin.requests("mp4/video.mp4")).isEmpty();
  }
}
