package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import java.io.IOException;
import java.net.URI;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PekkoHttpFetcherTest {
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
  void sendsTheTargetAsItStands() throws IOException {
    try (RawOrigin origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      URI url = origin.url("/a%2Fb%7e~acl=/*!d/x.ts?sig=%2B%2f+a&b=c|".replace("|", "%7C"));
      assertThat(fetching.bodyOf(fetching.get(url))).isEqualTo("ok");
      assertThat(origin.requests().getFirst())
          .startsWith("GET /a%2Fb%7e~acl=/*!d/x.ts?sig=%2B%2f+a&b=c%7C HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:" + url.getPort() + "\r\n")
          .contains("\r\nUser-Agent: Test/1\r\n")
          .contains("\r\nAccept-Encoding: identity\r\n")
          .doesNotContain("Cookie");
    }
  }

  @Test
  void showsAllHeadersWhateverTheyHold() throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering(
            "HTTP/1.1 520 Odd\r\n"
                + "Content-Length: 2\r\n"
                + "Content-Type: Video/MP2T;charset=\"\r\n"
                + "Expires: -1\r\n"
                + "Date: yesterday\r\n"
                + "X-(odd): 1\r\n"
                + "Server: \u00e9\u0001\r\n"
                + "ETag: abc\r\n"
                + "X-Long: "
                + "x".repeat(60_000)
                + "\r\nX-Twice: a\r\nX-Twice: b\r\n\r\nok")) {
      HttpReply reply = fetching.get(origin.url("/"));
      assertThat(reply.status()).isEqualTo(520);
      assertThat(reply.headers().contentType()).isEqualTo("video/mp2t");
      assertThat(reply.headers().contentLength()).hasValue(2);
      assertThat(reply.headers().first("etag")).contains("abc");
      assertThat(reply.headers().first("expires")).contains("-1");
      assertThat(reply.headers().all("x-twice")).containsExactly("a", "b");
      assertThat(fetching.bodyOf(reply)).isEqualTo("ok");
    }
  }

  @Test
  void userOfTheUrlIsSentAsBasic() throws IOException {
    try (RawOrigin origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      URI url = URI.create("http://us%65r:p%40ss@127.0.0.1:" + origin.url("/").getPort() + "/#x");
      fetching.bodyOf(fetching.get(url));
      assertThat(origin.requests().getFirst())
          .startsWith("GET / HTTP/1.1\r\n")
          .contains("\r\nAuthorization: Basic dXNlcjpwQHNz\r\n");
    }
  }

  @Test
  void connectionsAreUsedAgain() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              while (!connection.readRequest().isEmpty()) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              }
            })) {
      PekkoHttpFetcher fetcher = fetching.fetcher();
      for (int i = 0; i < 5; i++) {
        HttpFetch request = HttpFetch.bytes(origin.url("/" + i));
        fetching.bodyOf(Fetching.await(fetcher.fetch(request, HttpSession.empty())));
      }
      assertThat(origin.requests()).hasSize(5);
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @Test
  void streamsMoreThanFitsInMemory() throws IOException {
    byte[] block = new byte[1 << 20];
    long blocks = 1700;
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Length: " + blocks * block.length + "\r\n\r\n");
              for (int i = 0; i < blocks; i++) {
                connection.send(block);
              }
            })) {
      HttpReply reply = fetching.get(origin.url("/"));
      long length =
          Fetching.await(
              reply
                  .body()
                  .runWith(
                      Sink.fold(0L, (sum, bytes) -> sum + bytes.size()), fetching.kit.system()));
      assertThat(length).isEqualTo(blocks * block.length);
      assertThat(length).isGreaterThan(Runtime.getRuntime().maxMemory());
    }
  }

  @Test
  void failsWhereTheBodyIsShort() throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort")) {
      HttpReply reply = fetching.get(origin.url("/v.ts?token=secret"));
      assertThatThrownBy(() -> fetching.bytesOf(reply))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("/v.ts broke off")
          .hasMessageNotContaining("secret")
          .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TRUNCATED));
    }
  }
}
