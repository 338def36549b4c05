package io.github.streamingserver.provider.m3u;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.PekkoHttpFetcher;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.ProviderManifest;
import io.github.streamingserver.provider.SiteCache;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.stream.SystemMaterializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class M3uProviderTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.defaultReference());
  private static final Page EVERYTHING = new Page(1, Page.ALL);
  private static final String LIST = "lists/tv.m3u";

  @TempDir Path folder;

  private final HttpSettings http =
      new HttpSettings(
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ZERO,
          3,
          4,
          "Test/1",
          "pekko.actor.default-blocking-io-dispatcher",
          false);
  private final PekkoHttpFetcher fetcher = PekkoHttpFetcher.create(KIT.system(), http);
  private final List<M3uProvider> opened = new ArrayList<>();
  private volatile Instant now = Instant.parse("2026-01-31T20:00:00Z");
  private Origin origin;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("own"));
    Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(folder.resolve("elsewhere"));
    origin = new Origin(folder);
  }

  @AfterEach
  void close() {
    opened.forEach(M3uProvider::close);
    origin.close();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private M3uProvider provider(JsonObject config) {
    ProviderContext context =
        new ProviderContext(
            new ProviderManifest(new ProviderId("Tv"), config.with("kind", "m3u")),
            folder.resolve("own"),
            folder.resolve("data"),
            JsonObject.empty(),
            HttpSession.empty(),
            fetcher,
            new TextFetcher(
                fetcher, SystemMaterializer.get(KIT.system()).materializer(), () -> now),
            work -> Thread.ofVirtual().start(work),
            () -> now);
    M3uProvider provider =
        new M3uProvider(
            context,
            new AllowedRoots("data_dir", "data.allowed-roots", List.of(folder.resolve("root"))));
    opened.add(provider);
    return provider;
  }

  private M3uProvider provider(String url) {
    return provider(JsonObject.of("url", url));
  }

  private M3uProvider served(String list) {
    origin.serve(LIST, list);
    return provider(origin.url(LIST).toString());
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamException expected) {
        throw expected;
      }
      throw new AssertionError("failed with another exception than StreamException", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("hangs", e);
    }
  }

  private static List<String> texts(List<JsonObject> items, String field) {
    return items.stream().map(item -> item.text(field).orElse("")).toList();
  }

  private static List<String> titles(M3uProvider provider, String category) {
    return texts(await(provider.items(JsonObject.of("name", category), EVERYTHING)), "title");
  }

  private static StreamFailure failure(M3uProvider provider) {
    try {
      throw new AssertionError("there are categories: " + await(provider.categories()));
    } catch (StreamException expected) {
      return expected.failure();
    }
  }

  private static final String CHANNELS =
      """
      #EXTM3U
      #EXTINF:-1 tvg-id="z.de" tvg-logo="http://logo/z.png" tvg-chno="7" group-title="News",zulu
      http://h/z.m3u8?token=a
      #EXTINF:-1 group-title="News;Kids",Alpha
      sub/a.m3u8
      #EXTINF:-1,Mike
      #EXTVLCOPT:http-user-agent=VLC
      #EXTVLCOPT:http-referrer=http://site/
      http://h/m.m3u8|Origin=http://site
      #EXTINF:-1 group-title="Radio",Multicast
      udp://@239.0.0.1:1234
      #EXTINF:-1 group-title="News",bravo
      https://h/b.ts
      """;

  @Test
  void listsCategoriesAndItemsByName() {
    M3uProvider provider = served(CHANNELS);
    assertThat(await(provider.categories()))
        .containsExactlyInAnyOrder(
            JsonObject.of("name", "News").with("channels", 3),
            JsonObject.of("name", "Kids").with("channels", 1),
            JsonObject.of("name", "Other").with("channels", 1));
    assertThat(titles(provider, "News")).containsExactly("Alpha", "bravo", "zulu");
    assertThat(titles(provider, "Kids")).containsExactly("Alpha");
    assertThat(titles(provider, "Other")).containsExactly("Mike");
    assertThat(titles(provider, "Radio")).isEmpty();
    JsonObject news = JsonObject.of("name", "News");
    assertThat(texts(await(provider.items(news, new Page(2, 2))), "title")).containsExactly("zulu");
    JsonObject zulu = await(provider.items(news, new Page(3, 1))).getFirst();
    assertThat(zulu)
        .isEqualTo(
            JsonObject.of("title", "zulu")
                .with("url", "http://h/z.m3u8?token=a")
                .with("tvg-id", "z.de")
                .with("tvg-logo", "http://logo/z.png")
                .with("tvg-chno", "7")
                .with("group-title", "News")
                .with("thumbnail", "http://logo/z.png"));
    JsonObject alpha = await(provider.items(news, new Page(1, 1))).getFirst();
    assertThat(alpha.text("url")).contains(origin.url("lists/sub/a.m3u8").toString());
    assertThat(origin.requests(LIST)).as("fetched once").hasSize(1);
  }

  @Test
  void putsAllIntoOneCategoryWhereThereAreNoGroups() {
    M3uProvider provider = served("#EXTM3U\n#EXTINF:-1,A\nhttp://h/a\n");
    assertThat(texts(await(provider.categories()), "name")).containsExactly("All");
    assertThat(titles(provider, "All")).containsExactly("A");
    assertThat(texts(await(provider.items(JsonObject.empty(), EVERYTHING)), "title"))
        .containsExactly("A");
  }

  @Test
  void searchesForEveryWord() {
    M3uProvider provider =
        served(
            """
            #EXTINF:-1,Das Erste HD
            http://h/1
            #EXTINF:-1 tvg-name="ard hd",First
            http://h/2
            #EXTINF:-1,Das Zweite HD
            http://h/3
            """);
    assertThat(texts(await(provider.search("hd DAS", EVERYTHING)), "title"))
        .containsExactly("Das Erste HD", "Das Zweite HD");
    assertThat(texts(await(provider.search("ARD", EVERYTHING)), "title")).containsExactly("First");
    assertThat(texts(await(provider.search("hd", new Page(2, 2))), "title"))
        .containsExactly("First");
    assertThat(await(provider.search("none", EVERYTHING))).isEmpty();
  }

  @Test
  void opensAStreamWithItsHeadersAndNoOther() {
    M3uProvider provider = served(CHANNELS);
    HttpSession session = HttpSession.empty().withHeader("referer", "mine");
    var mike = await(provider.streams(new ItemQuery(URI.create("http://h/m.m3u8"), session, true)));
    assertThat(mike.candidates().getFirst().url()).isEqualTo(URI.create("http://h/m.m3u8"));
    assertThat(mike.session().headers())
        .isEqualTo(Map.of("User-Agent", "VLC", "referer", "mine", "Origin", "http://site"));
    assertThat(mike.session().cookies()).isSameAs(session.cookies());
    var other = await(provider.streams(new ItemQuery(URI.create("https://h/b.ts"), session, true)));
    assertThat(other.session().headers()).isEqualTo(Map.of("referer", "mine"));
  }

  @Test
  void opensAStreamWhereItsListCannotBeHad() {
    M3uProvider provider = provider(origin.url("none").toString());
    URI url = URI.create("http://h/x");
    assertThat(
            await(provider.streams(new ItemQuery(url, HttpSession.empty(), true)))
                .candidates()
                .getFirst()
                .url())
        .isEqualTo(url);
  }

  @Test
  void tellsWhatIsOnNowAndNext() {
    origin.route(
        "guide.xml.gz",
        _ ->
            Answer.text(
                    "guide.xml.gz",
                    """
                    <tv><channel id="x"><display-name>Mike</display-name></channel>
                    <programme start="20260131190000 +0000" stop="20260131201500 +0000" channel="z.de">
                    <title>News at eight</title></programme>
                    <programme start="20260131201500 +0000" stop="20260131210000 +0000" channel="z.de">
                    <title>Weather</title></programme>
                    <programme start="20260131201500 +0000" stop="20260131210000 +0000" channel="x">
                    <title>Songs</title></programme></tv>
                    """)
                .gzipped());
    origin.edit(
        "guide.xml.gz", answer -> new Answer(200, Map.of(), answer.content(), answer.framing()));
    M3uProvider provider = served(CHANNELS.replace("#EXTM3U", "#EXTM3U url-tvg=\"/guide.xml.gz\""));
    JsonObject zulu =
        Awaitility.await()
            .until(
                () -> await(provider.items(JsonObject.of("name", "News"), EVERYTHING)).getLast(),
                item -> item.object("now").isPresent());
    assertThat(zulu.object("now").orElseThrow())
        .isEqualTo(
            JsonObject.of("title", "News at eight")
                .with("start", "2026-01-31T19:00:00Z")
                .with("stop", "2026-01-31T20:15:00Z"));
    assertThat(zulu.object("next").flatMap(next -> next.text("title"))).contains("Weather");
    assertThat(zulu.text("description").orElse(""))
        .matches("Now \\d\\d:\\d\\d-\\d\\d:\\d\\d News at eight\nNext \\d\\d:\\d\\d Weather");
    JsonObject mike = await(provider.items(JsonObject.of("name", "Other"), EVERYTHING)).getFirst();
    assertThat(mike.object("now")).isEmpty();
    assertThat(mike.object("next").flatMap(next -> next.text("title"))).contains("Songs");
    now = now.plus(Duration.ofMinutes(20));
    assertThat(
            await(provider.search("zulu", EVERYTHING))
                .getFirst()
                .object("now")
                .flatMap(on -> on.text("title")))
        .contains("Weather");
    assertThat(origin.requests("guide.xml.gz")).hasSize(1);
  }

  @Test
  void takesTheOwnersGuideFirstAndGoesOnWithoutOne() {
    origin.serve("list-guide.xml", "<tv/>");
    origin.serve("none.xml", "<html>");
    origin.serve(LIST, CHANNELS.replace("#EXTM3U", "#EXTM3U url-tvg=\"/list-guide.xml\""));
    M3uProvider provider =
        provider(
            JsonObject.of("url", origin.url(LIST).toString())
                .with("guide", origin.url("none.xml").toString()));
    LoggingTestKit.warn("Provider [Tv] has no guide")
        .expect(
            KIT.system(),
            () -> {
              assertThat(titles(provider, "News")).hasSize(3);
              return null;
            });
    assertThat(titles(provider, "News")).hasSize(3);
    assertThat(origin.requests("none.xml")).as("left alone for a while").hasSize(1);
    assertThat(origin.requests("list-guide.xml")).isEmpty();
  }

  @Test
  void isServedStaleWhileItsSiteIsDownAndAfterARestart() throws IOException {
    M3uProvider provider = served(CHANNELS);
    assertThat(titles(provider, "Kids")).containsExactly("Alpha");
    assertThat(folder.resolve("data/channels.json")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("data/categories.json")))
        .contains("\"Kids\"", "\"Other\"");
    now = now.plus(SiteCache.FRESH);
    origin.fail(LIST, new Fault.Status(503, Map.of()));
    LoggingTestKit.warn("served stale")
        .expect(
            KIT.system(),
            () -> {
              assertThat(titles(provider, "Kids")).containsExactly("Alpha");
              return null;
            });
    provider.close();
    origin.fail(LIST, new Fault.Page());
    LoggingTestKit.warn("is a web page, no playlist")
        .expect(
            KIT.system(),
            () -> {
              assertThat(titles(provider(origin.url(LIST).toString()), "Kids"))
                  .containsExactly("Alpha");
              return null;
            });
    assertThat(origin.requests(LIST)).hasSize(3);
  }

  @Test
  void tellsWhatIsWrongWithASite() {
    M3uProvider provider = served(CHANNELS);
    origin.fail(
        LIST,
        new Fault.Status(403, Map.of()),
        new Fault.Page(),
        new Fault.Silence(),
        new Fault.StallAfter(40),
        new Fault.CutAfter(40));
    assertThat(failure(provider)).isInstanceOf(StreamFailure.Forbidden.class);
    assertThat(failure(provider).message()).contains("lists/tv.m3u is a web page, no playlist");
    assertThat(failure(provider)).isInstanceOf(StreamFailure.TimedOut.class);
    assertThat(failure(provider)).isInstanceOf(StreamFailure.TimedOut.class);
    assertThat(failure(provider).message()).contains("broke off");
    assertThat(titles(provider, "Kids")).containsExactly("Alpha");
  }

  @Test
  void refusesWhatIsNoList() {
    Map<String, String> problems =
        Map.of(
            "", "lists no channel",
            "\n\n{\"error\": 1}", "is a JSON, no playlist",
            "#EXTM3U\n#EXTINF:1,a\nrtmp://h/a\n", "lists no channel of http or https",
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts", "is one stream");
    problems.forEach(
        (list, problem) ->
            assertThat(failure(served(list)).message()).contains("lists/tv.m3u " + problem));
    byte[] broken = "\u001f\u008bnothing".getBytes(StandardCharsets.ISO_8859_1);
    origin.serve(LIST, broken);
    assertThat(failure(provider(origin.url(LIST).toString())).message())
        .contains("lists/tv.m3u sent what can't be read: gzip data that is broken or cut off");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsAnAnswerWithoutEnd(boolean chunked) {
    byte[] some = "#EXTINF:-1,A\nhttp://h/a\n".repeat(4_000).getBytes(StandardCharsets.UTF_8);
    Answer.Content endless =
        new Answer.Content() {
          @Override
          public long size() {
            return 500L << 20;
          }

          @Override
          public void copy(long from, long count, OutputStream out) throws IOException {
            for (long left = count; left > 0; left -= some.length) {
              out.write(some, 0, (int) Math.min(left, some.length));
            }
          }
        };
    origin.route(
        LIST,
        _ ->
            new Answer(
                200, Map.of(), endless, chunked ? Answer.Framing.CHUNKED : Answer.Framing.LENGTH));
    assertThat(failure(provider(origin.url(LIST).toString())).message())
        .contains("lists/tv.m3u is longer than 67108864 bytes");
    assertThat(folder.resolve("data")).isEmptyDirectory();
  }

  @Test
  void readsAFileWhereItMayAndSeesAnEdit() throws IOException {
    Path file = folder.resolve("own/tv.m3u");
    Files.writeString(file, CHANNELS, StandardCharsets.ISO_8859_1);
    M3uProvider provider = provider("tv.m3u");
    assertThat(titles(provider, "News")).as("a relative address has no base").hasSize(2);
    Files.writeString(file, "#EXTINF:-1,Edited\nhttp://h/e\n");
    assertThat(titles(provider, "All")).containsExactly("Edited");
    Path other = Files.writeString(folder.resolve("root/tv.m3u"), "#EXTINF:-1,R\nhttp://h/e\n");
    assertThat(titles(provider(other.toString()), "All")).containsExactly("R");
    assertThat(titles(provider(other.toUri().toString()), "All")).containsExactly("R");
  }

  @Test
  void refusesAFileThatIsBrokenGzip() throws IOException {
    Files.write(folder.resolve("own/tv.m3u.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    assertThat(failure(provider("tv.m3u.gz")).message())
        .endsWith("tv.m3u.gz is gzip data that is broken or cut off");
  }

  @Test
  void readsNoFileFromElsewhere() throws IOException {
    Path secret = Files.writeString(folder.resolve("elsewhere/s"), "#EXTINF:-1,S\nhttp://h/e\n");
    Path link = Files.createSymbolicLink(folder.resolve("own/link"), secret);
    for (String path : List.of(secret.toString(), "../elsewhere/s", link.toString())) {
      assertThat(failure(provider(path)).message())
          .contains("is not allowed", "data.allowed-roots");
    }
    assertThat(failure(provider("none.m3u")).message()).contains("none.m3u is not there");
    assertThat(failure(provider(".")).message()).contains("is no file");
  }

  @Test
  void namesWhatIsMissingInItsConfig() {
    assertThatThrownBy(() -> provider(JsonObject.empty()))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("Provider 'Tv': \"url\" in config.json is missing");
    assertThatThrownBy(() -> provider("ftp://h/list"))
        .hasMessageContaining("\"url\" in config.json can't be used");
    assertThatThrownBy(() -> provider("http://"))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("\"url\" in config.json can't be used");
  }
}
