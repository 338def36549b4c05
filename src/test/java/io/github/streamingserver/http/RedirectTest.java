package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
  private static Fetching fetching;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsAndKeepsTheHeaders(int status) throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              String request = connection.readRequest();
              connection.send(
                  request.startsWith("GET /first")
                      ? redirect(status, "../second?a=b c")
                      : ok("there"));
            })) {
      HttpFetch request =
          HttpFetch.bytes(origin.url("/first/x"))
              .range(5, 10)
              .with("Authorization", "Bearer 1")
              .with("X-Own", "1");
      HttpReply reply = Fetching.await(fetching.fetcher().fetch(request, HttpSession.empty()));
      assertThat(fetching.bodyOf(reply)).isEqualTo("there");
      assertThat(reply.url()).isEqualTo(origin.url("/second?a=b%20c"));
      assertThat(origin.requests().get(1))
          .startsWith("GET /second?a=b%20c HTTP/1.1\r\n")
          .contains("\r\nRange: bytes=5-14\r\n")
          .contains("\r\nAuthorization: Bearer 1\r\n")
          .contains("\r\nX-Own: 1\r\n");
    }
  }

  @Test
  void secretsStayOnTheFirstHost() throws IOException {
    try (RawOrigin other = RawOrigin.answering(ok("there"));
        RawOrigin origin =
            RawOrigin.answering(redirect(302, other.urlOnLocalhost("/v").toString()))) {
      HttpFetch request =
          HttpFetch.bytes(origin.url("/"))
              .with("authorization", "Bearer secret")
              .with("Referer", "https://site.example/");
      HttpSession session =
          HttpSession.empty().withHeader("Cookie", "a=secret").withHeader("X-Own", "secret");
      session.cookies().add(Cookie.of(origin.url("/"), "mine", "secret"));
      session.cookies().add(Cookie.of(other.urlOnLocalhost("/"), "theirs", "1"));
      fetching.bodyOf(Fetching.await(fetching.fetcher().fetch(request, session)));
      assertThat(origin.requests().getFirst())
          .contains("Bearer secret")
          .contains("\r\nCookie: a=secret; mine=secret\r\n");
      assertThat(other.requests().getFirst())
          .doesNotContain("secret")
          .contains("\r\nCookie: theirs=1\r\n")
          .contains("\r\nReferer: https://site.example/\r\n");
    }
  }

  @Test
  void cookiesOfEveryHopAreKept() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection ->
                connection.send(
                    connection.readRequest().startsWith("GET /enter")
                        ? "HTTP/1.1 302 Found\r\n"
                            + "Location: /in\r\n"
                            + "Set-Cookie: a=1; Path=/\r\n"
                            + "Set-Cookie: b=\"x,y\"; Expires=Fri, 01 Jan 2100 00:00:00 GMT;"
                            + " Path=/\r\n"
                            + "Content-Length: 0\r\n\r\n"
                        : ok("in")))) {
      HttpSession session = HttpSession.empty();
      HttpFetch request = HttpFetch.text(origin.url("/enter"));
      fetching.bodyOf(Fetching.await(fetching.fetcher().fetch(request, session)));
      assertThat(origin.requests().get(1)).contains("\r\nCookie: a=1; b=\"x,y\"\r\n");
      assertThat(session.cookies().header(origin.url("/"))).contains("a=1; b=\"x,y\"");
    }
  }

  @Test
  void endsALoop() throws IOException {
    try (RawOrigin origin = RawOrigin.answering(redirect(302, "/again"))) {
      assertThatThrownBy(() -> fetching.get(origin.url("/loop?token=secret")))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("/loop redirects more than 3 times")
          .hasMessageNotContaining("secret")
          .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.REDIRECT));
      assertThat(origin.requests()).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://e.com/x",
        "javascript:alert(1)",
        "http://",
        "http:///x"
      })
  void goesNowhereElse(String location) throws IOException {
    try (RawOrigin origin = RawOrigin.answering(redirect(302, location))) {
      assertThatThrownBy(() -> fetching.get(origin.url("/")))
          .isInstanceOf(StreamException.class)
          .satisfies(
              e -> {
                assertThat(StreamException.failureOf(e)).isInstanceOf(StreamFailure.Failed.class);
                assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.REDIRECT);
              });
    }
  }

  @Test
  void redirectWithoutLocationIsTheAnswer() throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nno")) {
      HttpReply reply = fetching.get(origin.url("/"));
      assertThat(reply.status()).isEqualTo(302);
      assertThat(fetching.bodyOf(reply)).isEqualTo("no");
    }
  }

  @Test
  void headersOfTheConnectionAreOurs() throws IOException {
    try (RawOrigin origin = RawOrigin.answering(ok("x"))) {
      HttpFetch request =
          new HttpFetch(
              origin.url("/"),
              Map.of(
                  "Host",
                  "evil",
                  "Connection",
                  "close",
                  "Transfer-Encoding",
                  "chunked",
                  "Accept-Encoding",
                  "zstd",
                  "user-agent",
                  "Mine/2",
                  "accept",
                  "video/*"),
              true);
      HttpSession session = HttpSession.empty().withHeader("User-Agent", "Session/1");
      fetching.bodyOf(Fetching.await(fetching.fetcher().fetch(request, session)));
      assertThat(origin.requests().getFirst())
          .doesNotContain("evil")
          .doesNotContainIgnoringCase("transfer-encoding")
          .doesNotContainIgnoringCase("connection:")
          .doesNotContain("Session/1")
          .contains(": Mine/2\r\n")
          .contains(": video/*\r\n")
          .contains("\r\nAccept-Encoding: gzip, deflate, br\r\n");
    }
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 "
        + status
        + " Moved\r\nLocation: "
        + location
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
