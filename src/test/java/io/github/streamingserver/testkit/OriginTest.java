package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.streamingserver.testkit.Origin.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  private static final String CONTENT = "0123456789";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;

  private Origin origin;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(folder.resolve("a.ts"), CONTENT);
    origin = new Origin(folder);
  }

  @AfterEach
  void close() {
    client.close();
    origin.close();
  }

  private HttpRequest request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(origin.url(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return client.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 206, 0123456789, bytes 0-9/10",
    "bytes=3-5, 206, 345, bytes 3-5/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "bytes=10-, 416, status 416, bytes */10",
    "lines=1-2, 200, 0123456789, ''"
  })
  void servesRanges(String range, int status, String body, String served) throws Exception {
    HttpResponse<String> answer = get("a.ts", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("Content-Range").orElse("")).isEqualTo(served);
  }

  @ParameterizedTest
  @CsvSource({"ETag", "Last-Modified"})
  void servesARangeOfUnchangedContentOnly(String name) throws Exception {
    String condition = get("a.ts").headers().firstValue(name).orElseThrow();
    assertThat(get("a.ts", "Range", "bytes=9-", "If-Range", condition).body()).isEqualTo("9");
    origin.serve("a.ts", "changed".getBytes(StandardCharsets.UTF_8));
    assertThat(get("a.ts", "Range", "bytes=2-", "If-Range", condition).body()).isEqualTo("changed");
  }

  @Test
  void servesAFolderElsewhereToo() throws Exception {
    origin.mount("cdn/_ad_/7", folder);
    assertThat(get("cdn/_ad_/7/a.ts").body()).isEqualTo(CONTENT);
    assertThat(get("cdn/_ad_/7/../../../a.ts").statusCode()).isEqualTo(404);
    assertThat(get("a.ts").body()).isEqualTo(CONTENT);
  }

  @Test
  void usesUpFaultsOneARequestAndKeepsWhatWasAsked() throws Exception {
    origin.fail(
        "a.ts",
        new Fault.Status(503, Map.of("Retry-After", "7")),
        new Fault.None(),
        new Fault.Page(),
        new Fault.IgnoreRange());
    HttpResponse<String> busy = get("a.ts?t=1");
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    assertThat(get("a.ts").body()).isEqualTo(CONTENT);
    assertThat(get("a.ts").headers().firstValue("Content-Type")).contains("text/html");
    assertThat(get("a.ts", "Range", "bytes=9-").body()).isEqualTo(CONTENT);
    assertThat(get("a.ts", "Range", "bytes=9-").body()).isEqualTo("9");
    assertThat(origin.requests("a.ts")).hasSize(5);
    assertThat(origin.requests("a.ts").getFirst().query()).isEqualTo("t=1");
    assertThat(origin.requests().getLast().header("range")).isEqualTo("bytes=9-");
    assertThat(get("../secret").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void cutsABody(boolean chunked) {
    if (chunked) {
      origin.edit("a.ts", Answer::chunked);
    }
    origin.fail("a.ts", new Fault.CutAfter(4));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("a.ts"));
  }

  @Test
  void resetsAConnection() throws Exception {
    origin.fail("a.ts", new Fault.ResetAfter(4));
    try (Socket socket = new Socket(origin.url("").getHost(), origin.url("").getPort())) {
      socket
          .getOutputStream()
          .write("GET /a.ts HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().readAllBytes())
          .withMessageContaining("reset");
    }
  }

  @Test
  void stallsUntilReleased() throws Exception {
    origin.fail("a.ts", new Fault.StallAfter(4));
    HttpResponse<InputStream> answer =
        client.send(request("a.ts"), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.body().readNBytes(4)).asString().isEqualTo("0123");
    CompletableFuture<byte[]> rest =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return answer.body().readAllBytes();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(rest).isNotDone();
    origin.release();
    assertThat(rest.get()).asString().isEqualTo("456789");
  }

  @Test
  void editsAnswers() throws Exception {
    origin.edit("a.ts", Answer::gzipped);
    origin.edit("a.ts", Answer::chunked);
    origin.edit("a.ts", answer -> answer.with("Set-Cookie", "k=v; Path=/"));
    HttpResponse<byte[]> answer =
        client.send(request("a.ts", "Range", "bytes=9-"), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).contains("k=v; Path=/");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .asString()
        .isEqualTo(CONTENT);
    origin.edit("b.ts", Answer::untilClose);
    origin.serve("b.ts", "until the end");
    assertThat(get("b.ts").body()).isEqualTo("until the end");
  }

  @Test
  void asksForACookieAndSendsElsewhere() throws Exception {
    origin.requireCookie("a", "k=v");
    assertThat(get("a.ts").statusCode()).isEqualTo(403);
    assertThat(get("a.ts", "Cookie", "x=y; k=v").body()).isEqualTo(CONTENT);
    String elsewhere = origin.urlOnOtherHost("a.ts").toString();
    origin.route("moved.ts", _ -> Answer.redirect(302, elsewhere));
    HttpResponse<String> moved = get("moved.ts");
    assertThat(moved.statusCode()).isEqualTo(302);
    assertThat(moved.headers().firstValue("Location")).contains(elsewhere);
  }

  @Test
  void keepsConnectionsAndForgetsThemWhenClosed() throws Exception {
    try (Socket socket = new Socket(origin.url("").getHost(), origin.url("").getPort())) {
      byte[] ask = "HEAD /a.ts HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(ask);
      socket.getOutputStream().write(ask);
      origin.fail("b.ts", new Fault.Silence());
      CompletableFuture<HttpResponse<String>> silent =
          client.sendAsync(request("b.ts"), HttpResponse.BodyHandlers.ofString());
      StringBuilder heads = new StringBuilder();
      while (heads.toString().split("Content-Length: 10", -1).length < 3) {
        heads.append((char) socket.getInputStream().read());
      }
      origin.close();
      assertThatExceptionOfType(Exception.class).isThrownBy(silent::get);
    }
  }
}
