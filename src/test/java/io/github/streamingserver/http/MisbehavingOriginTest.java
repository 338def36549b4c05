package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehavingOriginTest {
  private static final Duration SHORT_IDLE = Duration.ofMillis(400);

  private static Fetching fetching;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  @Test
  void resetInTheContent() throws IOException {
    CountDownLatch answered = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort");
              connection.await(answered);
              connection.reset();
            })) {
      HttpReply reply = fetching.get(origin.url("/v.ts"));
      answered.countDown();
      failsWith(() -> fetching.bodyOf(reply), HttpFailure.Transport.TRUNCATED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n", // no last chunk
        "5\r\nhel", // in a chunk
      })
  void brokenOffChunks(String content) throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + content)) {
      HttpReply reply = fetching.get(origin.url("/v.ts"));
      failsWith(() -> fetching.bodyOf(reply), HttpFailure.Transport.TRUNCATED);
    }
  }

  @Test
  void contentUpToTheClose() throws IOException {
    try (RawOrigin origin = RawOrigin.answering("HTTP/1.0 200 OK\r\n\r\nall of it")) {
      assertThat(fetching.bodyOf(fetching.get(origin.url("/")))).isEqualTo("all of it");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no HTTP at all\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
      })
  void garbage(String answer) throws IOException {
    try (RawOrigin origin = RawOrigin.answering(answer)) {
      failsWith(() -> fetching.get(origin.url("/v.ts?k=secret")), HttpFailure.Transport.NOT_HTTP);
    }
  }

  @Test
  void headersWithoutEnd() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\n");
              while (true) {
                connection.send("X-More: and more\r\n");
              }
            })) {
      failsWith(() -> fetching.get(origin.url("/")), HttpFailure.Transport.NOT_HTTP);
    }
  }

  @Test
  void hugeHeader() throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering("HTTP/1.1 200 OK\r\nX-Huge: " + "x".repeat(200_000) + "\r\n\r\n")) {
      failsWith(() -> fetching.get(origin.url("/")), HttpFailure.Transport.NOT_HTTP);
    }
  }

  @Test
  void noAnswer() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.awaitClose();
              closed.countDown();
            })) {
      PekkoHttpFetcher fetcher =
          new PekkoHttpFetcher(
              fetching.kit.system(), shortSettings(), javax.net.ssl.SSLContext.getDefault());
      HttpFetch request = HttpFetch.bytes(origin.url("/v.ts?k=secret"));
      assertThatThrownBy(() -> Fetching.await(fetcher.fetch(request, HttpSession.empty())))
          .hasMessageContaining("No answer from")
          .hasMessageNotContaining("secret")
          .satisfies(MisbehavingOriginTest::isTimeOut);
      assertThat(closed.await(30, TimeUnit.SECONDS)).as("connection is closed").isTrue();
      assertThat(origin.requests()).hasSize(1);
    }
  }

  @Test
  void stallInTheContent() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort");
              connection.awaitClose();
              closed.countDown();
            })) {
      HttpFetch request = HttpFetch.bytes(origin.url("/v.ts"));
      HttpReply reply =
          Fetching.await(fetching.fetcher(SHORT_IDLE).fetch(request, HttpSession.empty()));
      assertThatThrownBy(() -> fetching.bodyOf(reply))
          .hasMessageContaining("No data from")
          .satisfies(MisbehavingOriginTest::isTimeOut);
      assertThat(closed.await(30, TimeUnit.SECONDS)).as("connection is closed").isTrue();
    }
  }

  @Test
  void forgottenContentGivesItsConnectionBack() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort");
              connection.awaitClose();
              closed.countDown();
            })) {
      HttpFetch request = HttpFetch.bytes(origin.url("/v.ts"));
      Fetching.await(fetching.fetcher(SHORT_IDLE).fetch(request, HttpSession.empty()));
      assertThat(closed.await(30, TimeUnit.SECONDS)).as("connection is closed").isTrue();
    }
  }

  @Test
  void discardedContentGivesItsConnectionBack() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort");
              connection.awaitClose();
              closed.countDown();
            })) {
      fetching
          .get(origin.url("/v.ts"))
          .discard(org.apache.pekko.stream.Materializer.matFromSystem(fetching.kit.system()));
      assertThat(closed.await(30, TimeUnit.SECONDS)).as("connection is closed").isTrue();
    }
  }

  @Test
  void connectionThatTheServerGaveUpIsRepeatedOnce() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              if (connections.incrementAndGet() > 1) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              }
            })) {
      assertThat(fetching.bodyOf(fetching.get(origin.url("/")))).isEqualTo("ok");
    }
  }

  @Test
  void closingInsteadOfAnswering() throws IOException {
    try (RawOrigin origin = RawOrigin.answering("")) {
      failsWith(() -> fetching.get(origin.url("/v.ts?k=secret")), HttpFailure.Transport.CLOSED);
      assertThat(origin.requests()).hasSize(2);
    }
  }

  @Test
  void resettingInsteadOfAnswering() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.reset();
            })) {
      failsWith(() -> fetching.get(origin.url("/")), HttpFailure.Transport.CLOSED);
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    failsWith(
        () -> fetching.get(URI.create("http://127.0.0.1:" + port + "/?k=secret")),
        HttpFailure.Transport.NOT_CONNECTED);
  }

  @Test
  void unknownHost() {
    failsWith(
        () -> fetching.get(URI.create("http://nowhere.invalid/?k=secret")),
        HttpFailure.Transport.HOST_UNKNOWN);
  }

  @Test
  void noTlsThere() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
              connection.awaitClose();
            })) {
      // Pekko's pool may tell of the closed connection before the handshake's own failure.
      failsWith(
          () -> fetching.get(URI.create("https://127.0.0.1:" + origin.url("/").getPort() + "/")),
          HttpFailure.Transport.TLS,
          HttpFailure.Transport.CLOSED);
    }
  }

  private static HttpSettings shortSettings() {
    HttpSettings usual = Fetching.settings(SHORT_IDLE);
    return new HttpSettings(
        SHORT_IDLE,
        SHORT_IDLE,
        usual.readPause(),
        usual.maxRedirects(),
        usual.maxConnectionsPerHost(),
        usual.userAgent(),
        usual.blockingDispatcher(),
        false);
  }

  private static void isTimeOut(Throwable error) {
    assertThat(StreamException.failureOf(error)).isInstanceOf(StreamFailure.TimedOut.class);
    assertThat(HttpFailure.of(error)).contains(HttpFailure.Transport.TIMED_OUT);
  }

  private static void failsWith(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable code, HttpFailure.Transport... oneOf) {
    assertThatThrownBy(code)
        .isInstanceOf(StreamException.class)
        .hasMessageNotContaining("secret")
        .satisfies(
            e -> {
              assertThat(HttpFailure.of(e).orElseThrow()).isIn((Object[]) oneOf);
              assertThat(StreamException.failureOf(e)).isInstanceOf(StreamFailure.Failed.class);
            });
  }
}
