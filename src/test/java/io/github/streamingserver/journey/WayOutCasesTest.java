package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Request;
import io.github.streamingserver.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients, sites and lists may not have the server do, tried against one that runs. */
class WayOutCasesTest {
  private static final int MEBI = 1 << 20;

  @TempDir private static Path folder;
  private static Origin origin;
  private static TestServer server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    origin = new Origin(Media.root());
    provider(
        "List",
        "{\"kind\": \"m3u\", \"url\": \"%s\", \"guide\": \"%s\"}"
            .formatted(origin.url("bomb"), origin.url("bomb")));
    provider("Json", "{\"kind\": \"json\", \"url\": \"" + origin.url("bomb") + "\"}");
    server = TestServer.start(folder.resolve("providers"), Settings.FAST);
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
  }

  private static void provider(String id, String config) throws IOException {
    Path file = folder.resolve("providers").resolve(id).resolve("config.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, config);
  }

  /** One gibibyte of zeros in a mebibyte. */
  private static void serveBomb(String path, String type, String begin) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes, MEBI)) {
      gzip.write(begin.getBytes(StandardCharsets.US_ASCII));
      byte[] zeros = new byte[MEBI];
      for (int i = 0; i < 1024; i++) {
        gzip.write(zeros);
      }
    }
    assertThat(bytes.size()).isLessThan(2 * MEBI);
    Answer bomb =
        Answer.bytes(path, bytes.toByteArray())
            .with("Content-Type", type)
            .with("Content-Encoding", "gzip");
    origin.route(path, _ -> bomb);
  }

  private static JsonObject startArguments(String url) {
    return JsonObject.of("url", url)
        .with("rec_dir", folder.resolve("movie").toString())
        .with("quality", "best")
        .with("buffering", 1)
        .with("provider", Map.of("provider_id", "Direct"));
  }

  private static String refusalOf(String command, JsonObject arguments) throws Exception {
    client.send(command, arguments);
    Message message = client.receive();
    while (message.command().equals("start")) {
      message = client.receive();
    }
    assertThat(message.command()).as(message.toString()).isEqualTo("stop");
    assertThat(message.args().text("reason")).contains("error");
    return message.args().text("msg").orElse("");
  }

  private static void assertNothingIsRecorded() {
    for (String name : List.of("movie/stream_0.ts", "movie/stream_0.mp4")) {
      assertThat(folder.resolve(name).toFile().length()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "ftp://127.0.0.1/a.ts",
        "data:video/mp2t;base64,AA",
        "javascript:alert(1)",
        "concat:/etc/passwd|/etc/shadow",
        "gopher://127.0.0.1/",
        "rtmp://h/a",
        "jar:file:/a.jar!/b",
        "unix:///run/docker.sock",
        "/etc/passwd",
        "pipe:0",
        "subfile,,start,0,,:/a",
      })
  void onlyHttpAndHttpsAreRecorded(String url) throws Exception {
    assertThat(refusalOf("start", startArguments(url)))
        .containsAnyOf("only http and https URLs are allowed", "not a URL");
    assertNothingIsRecorded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTINF:4,\n%s\n",
        "#EXT-X-KEY:METHOD=AES-128,URI=\"%s\"\n#EXTINF:4,\nhls/s0.ts\n",
        "#EXT-X-MAP:URI=\"%s\"\n#EXTINF:4,\nhls/s0.ts\n",
      })
  void norListedInPlaylists(String lines) throws Exception {
    for (String url : List.of("file:///etc/passwd", "ftp://127.0.0.1/a.ts", "concat:/etc/passwd")) {
      origin.serve(
          "other.m3u8",
          "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n"
              + lines.formatted(url)
              + "#EXT-X-ENDLIST\n");
      assertThat(refusalOf("start", startArguments(origin.url("other.m3u8").toString())))
          .containsAnyOf(
              "only http and https", "is missing", "encrypted in a way that is not known");
      assertNothingIsRecorded();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/plain,x"})
  void norByRedirectsAndThumbnails(String url) throws Exception {
    origin.route("away.ts", _ -> Answer.redirect(302, url));
    assertThat(refusalOf("start", startArguments(origin.url("away.ts").toString())))
        .contains("redirects to where nobody may go", "only http and https");
    assertThat(thumbnail(url)).contains("only http and https");
    assertThat(thumbnail(origin.url("away.ts").toString())).contains("only http and https");
  }

  private static String thumbnail(String url) throws Exception {
    return refusalOf(
        "get_thumbnail",
        JsonObject.of("url", url)
            .with("provider", Map.of("provider_id", "Direct"))
            .with("data_dir", folder.resolve("data").toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/b", "..", ".", "", "a\u0000b", "/etc", "a\\b", "%2e%2e", "~root"})
  void aProviderIsANameAndNoPath(String id) throws Exception {
    for (String command : List.of("get_categories", "start", "get_thumbnail")) {
      assertThat(
              refusalOf(
                  command,
                  startArguments(origin.url("mp4/film.mp4").toString())
                      .with("data_dir", folder.resolve("names").toString())
                      .with("provider", Map.of("provider_id", id))))
          .contains("provider_id");
    }
    assertThat(folder.resolve("names")).doesNotExist();
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "headers, X-A, 'a\r\nX-Injected: b'",
    "headers, X-A, 'a\nX-Injected: b'",
    "headers, X-A, 'a\rX-Injected: b'",
    "headers, X-A, 'a\0'",
    "headers, 'X-A\r\nX-Injected', b",
    "headers, 'X-A: b\r\nX-Injected', b",
    "headers, 'X A', b",
    "headers, 'X-A:', b",
    "headers, Referer, 'http://a/\r\nX-Injected: b'",
    "headers, Cookie, 'a=b\r\nX-Injected: b'",
    "cookies, a, 'b\r\nX-Injected: b'",
    "cookies, 'a\r\nX-Injected: b; c', b",
  })
  void noHeaderIsInjected(String field, String name, String value) throws Exception {
    String url = origin.url("injected.ts").toString();
    assertThat(refusalOf("start", startArguments(url).with(field, Map.of(name, value))))
        .containsAnyOf("header", "cookie");
    assertThat(origin.requests("injected.ts")).isEmpty();
  }

  @Test
  void bombsAreRefusedAsTheyGrow() throws Exception {
    serveBomb("bomb.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U\n");
    assertThat(refusalOf("start", startArguments(origin.url("bomb.m3u8").toString())))
        .contains("more than hls.max-playlist-size");
    serveBomb("bomb.html", "text/html", "<html>");
    assertThat(refusalOf("start", startArguments(origin.url("bomb.html").toString()))).isNotEmpty();
    serveBomb("bomb", "application/octet-stream", "");
    assertThat(thumbnail(origin.url("bomb").toString())).contains("is longer than");
    origin.serve(
        "bombkey.m3u8",
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:4
        #EXT-X-KEY:METHOD=AES-128,URI="bomb"
        #EXTINF:4,
        hls/s0.ts
        #EXT-X-ENDLIST
        """);
    assertThat(refusalOf("start", startArguments(origin.url("bombkey.m3u8").toString())))
        .contains("is longer than");
    for (String id : List.of("List", "Json")) {
      assertThat(
              refusalOf(
                  "get_categories",
                  JsonObject.of("provider", Map.of("provider_id", id))
                      .with("data_dir", folder.resolve("data").toString())))
          .isNotEmpty();
    }
  }

  @Test
  void whatIsPlantedInFoldersIsNotWrittenThrough() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "as it was");
    Path movie = Files.createDirectories(folder.resolve("planted"));
    for (String name : List.of("stream_0.mp4", "log.txt")) {
      Files.createSymbolicLink(movie.resolve(name), victim);
    }
    Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc"));
    client.send(
        "start",
        startArguments(origin.url(Media.root().relativize(Media.mp4()).toString()).toString())
            .with("rec_dir", movie.toString()));
    assertThat(client.receive("stop").text("reason")).contains("complete");
    assertThat(movie.resolve("stream_0.mp4")).hasSameBinaryContentAs(Media.mp4());
    assertThat(victim).hasContent("as it was");
    for (String path : List.of("outside", "outside/x", "../../etc", "planted/../outside")) {
      assertThat(
              refusalOf(
                  "start",
                  startArguments(origin.url("a.ts").toString())
                      .with("rec_dir", folder + "/" + path)))
          .contains("is not allowed", "recording.allowed-roots");
    }
    assertThat(origin.requests("a.ts")).extracting(Request::path).isEmpty();
  }
}
