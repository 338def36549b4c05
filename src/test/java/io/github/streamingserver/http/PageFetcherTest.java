package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.streamingserver.config.AccessSettings;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites that refuse one way to ask and answer to another. */
class PageFetcherTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage";
  private static final String NO = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno";
  private static final String CHALLENGE =
      "HTTP/1.1 503 Busy\r\nContent-Length: 30\r\n\r\n<title>Just a moment...</title";
  private static final String BY_CURL =
      """
      echo run >> "$0.runs"; cat >> "$0.stdin"
      printf 'HTTP/1.1 200 OK\\r\\nSet-Cookie: by=curl; Path=/\\r\\n\\r\\ncurl'
      """;

  private static Fetching fetching;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  private HttpFetcher pages() {
    return fetcher(folder.toString(), Duration.ofSeconds(20)).forPages();
  }

  private static SiteFetcher fetcher(String path, Duration step) {
    String dispatcher = "pekko.actor.default-blocking-io-dispatcher";
    return SiteFetcher.create(
        fetching.kit.system(),
        Fetching.settings(Duration.ofSeconds(20)),
        new AccessSettings(step, 2, "curl", 64 * 1024, dispatcher),
        path);
  }

  private static RawOrigin origin(Function<String, String> answer) {
    return new RawOrigin(
        connection -> {
          String request = connection.readRequest();
          if (!request.isEmpty()) {
            connection.send(answer.apply(request));
          }
        });
  }

  private static boolean isBrowser(String request) {
    return request.contains("\r\nSec-Fetch-Mode: navigate\r\n")
        && request.contains("\r\nAccept: text/html,");
  }

  private static List<String> asked(RawOrigin origin) {
    return origin.requests().stream().map(request -> request.split(" ", 3)[1]).toList();
  }

  private static String get(HttpFetcher pages, URI url, HttpSession session) {
    return fetching.bodyOf(Fetching.await(pages.fetch(HttpFetch.text(url), session)));
  }

  @Test
  void aPlainAnswerIsAllThatIsAskedFor() throws IOException {
    try (RawOrigin origin = origin(_ -> OK)) {
      assertThat(get(pages(), origin.url("/video"), HttpSession.empty())).isEqualTo("page");
      assertThat(asked(origin)).containsExactly("/video");
      assertThat(origin.requests().getFirst()).doesNotContain("Sec-Fetch", "Referer");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 410, 429, 451, 500, 503})
  void whatIsMeantForEverybodyIsTheReply(int status) throws IOException {
    try (RawOrigin origin =
        origin(_ -> "HTTP/1.1 " + status + " Odd\r\nContent-Length: 2\r\n\r\nno")) {
      HttpReply reply =
          Fetching.await(pages().fetch(HttpFetch.text(origin.url("/x")), HttpSession.empty()));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(fetching.bodyOf(reply)).isEqualTo("no");
      assertThat(asked(origin)).containsExactly("/x");
    }
  }

  @ParameterizedTest
  @CsvSource({"403", "406"})
  void aSiteForBrowsersIsAskedAsByOneThenFirstAndByTheRecorderToo(int status) throws IOException {
    try (RawOrigin origin =
        origin(request -> isBrowser(request) ? OK : NO.replace("403", "" + status))) {
      SiteFetcher fetcher = fetcher(folder.toString(), Duration.ofSeconds(20));
      HttpSession session = HttpSession.empty();
      assertThat(get(fetcher.forPages(), origin.url("/video"), session)).isEqualTo("page");
      assertThat(asked(origin)).containsExactly("/video", "/", "/video");
      assertThat(origin.requests().get(2))
          .contains("\r\nReferer: " + origin.url("/") + "\r\n")
          .contains("\r\nSec-Fetch-Site: same-origin\r\n");
      assertThat(origin.requests().get(1)).contains("\r\nSec-Fetch-Site: none\r\n");
      assertThat(get(fetcher, origin.url("/segment.ts"), session)).isEqualTo("page");
      HttpSession next = HttpSession.empty();
      assertThat(get(fetcher.forPages(), origin.url("/next"), next)).isEqualTo("page");
      assertThat(asked(origin).subList(3, 6)).containsExactly("/segment.ts", "/", "/next");
    }
  }

  @Test
  void whatTheSessionSaysItselfStays() throws IOException {
    try (RawOrigin origin = origin(request -> isBrowser(request) ? OK : NO)) {
      HttpSession session =
          HttpSession.empty()
              .withHeader("referer", "https://mine.example/")
              .withHeader("User-Agent", "Mine/1");
      HttpFetch request = HttpFetch.text(origin.url("/")).with("accept-language", "de");
      fetching.bodyOf(Fetching.await(pages().fetch(request, session)));
      assertThat(asked(origin)).containsExactly("/", "/");
      assertThat(origin.requests().get(1))
          .containsIgnoringCase("\r\nReferer: https://mine.example/\r\n")
          .containsIgnoringCase("\r\nAccept-Language: de\r\n")
          .contains("\r\nUser-Agent: Mine/1\r\n");
    }
  }

  @Test
  void theCookieOfTheFrontPageOpensTheOthers() throws IOException {
    try (RawOrigin origin =
        origin(
            request -> {
              if (request.startsWith("GET / ")) {
                return OK.replace("200 OK", "404 No\r\nSet-Cookie: pass=1; Path=/");
              }
              return request.contains("pass=1") ? OK : NO.replace("no", "").replace("2", "0");
            })) {
      HttpFetcher pages = pages();
      HttpSession session = HttpSession.empty();
      session.cookies().add(Cookie.of(origin.url("/"), "other", "1"));
      assertThat(get(pages, origin.url("/video"), session)).isEqualTo("page");
      assertThat(asked(origin)).containsExactly("/video", "/video", "/", "/video");
      assertThat(session.cookies().header(origin.url("/"))).contains("other=1; pass=1");
      assertThat(get(pages, origin.url("/next"), session)).isEqualTo("page");
      assertThat(asked(origin).subList(4, 5)).containsExactly("/next");
    }
  }

  @Test
  void aSiteForCurlAloneIsAskedByIt() throws IOException {
    FakeCurl.write(folder, BY_CURL);
    try (RawOrigin origin = origin(_ -> NO)) {
      HttpFetcher pages = pages();
      HttpSession session = HttpSession.empty().withHeader("X-Own", "mine");
      assertThat(get(pages, origin.url("/video?a=b"), session)).isEqualTo("curl");
      int before = origin.requests().size();
      assertThat(session.cookies().header(origin.url("/"))).contains("by=curl");
      assertThat(folder.resolve("curl.stdin"))
          .content()
          .contains("url = \"" + origin.url("/video?a=b") + "\"")
          .contains("header = \"X-Own: mine\"", "header = \"Sec-Fetch-Mode: navigate\"");
      assertThat(get(pages, origin.url("/next"), session)).isEqualTo("curl");
      assertThat(origin.requests()).hasSize(before);
    }
  }

  /** The real program, which names the host first and whose TLS would be another too. */
  @Test
  void theRealCurlLooksDifferent() throws IOException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    assumeTrue(new CurlProgram("curl", path).find().isPresent(), "no curl on this machine");
    try (RawOrigin origin =
        origin(request -> request.split("\r\n", 3)[1].startsWith("Host: ") ? OK : NO)) {
      HttpFetcher pages = fetcher(path, Duration.ofSeconds(20)).forPages();
      HttpSession session = HttpSession.empty();
      session.cookies().add(Cookie.of(origin.url("/"), "a", "1"));
      assertThat(get(pages, origin.url("/v/../w?x=%2Fy"), session)).isEqualTo("page");
      assertThat(origin.requests().getLast())
          .startsWith("GET /v/../w?x=%2Fy HTTP/1.1\r\nHost: ")
          .contains("\r\nCookie: a=1\r\n")
          .contains("\r\nUser-Agent: Test/1\r\n")
          .containsOnlyOnce("\r\nUser-Agent:")
          .containsOnlyOnce("\r\nAccept:");
    }
  }

  @Test
  void aWayThatStopsWorkingIsNotTheLast() throws IOException {
    FakeCurl.write(folder, "exit 7");
    AtomicBoolean turned = new AtomicBoolean();
    try (RawOrigin origin = origin(request -> isBrowser(request) == turned.get() ? NO : OK)) {
      HttpFetcher pages = pages();
      URI front = origin.url("/");
      assertThat(get(pages, front, HttpSession.empty())).isEqualTo("page");
      assertThat(origin.requests()).hasSize(2);
      turned.set(true);
      assertThat(get(pages, front, HttpSession.empty())).isEqualTo("page");
      assertThat(origin.requests()).hasSize(4);
      assertThat(isBrowser(origin.requests().get(2))).isTrue();
      assertThat(get(pages, front, HttpSession.empty())).isEqualTo("page");
      assertThat(origin.requests()).hasSize(5);
    }
  }

  @Test
  void challengesAreForbiddenWithTheRemedy() throws IOException {
    try (RawOrigin origin = origin(_ -> CHALLENGE)) {
      assertThatThrownBy(() -> get(pages(), origin.url("/video?token=secret"), HttpSession.empty()))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining(origin.url("/video") + " answered with a challenge")
          .hasMessageContaining("Cloudflare")
          .hasMessageContaining("providers/<Id>/cookies.txt")
          .hasMessageNotContaining("secret")
          .satisfies(
              e -> {
                assertThat(StreamException.failureOf(e))
                    .isInstanceOf(StreamFailure.Forbidden.class);
                assertThat(RetryPolicy.Outlook.of(e)).isEqualTo(RetryPolicy.Outlook.PERMANENT);
              });
      assertThat(asked(origin)).containsExactly("/video?token=secret", "/", "/video?token=secret");
    }
  }

  @Test
  void importedCookiesPassAChallenge() throws IOException {
    try (RawOrigin origin = origin(request -> request.contains("cf=ok") ? OK : CHALLENGE)) {
      HttpSession session = HttpSession.empty();
      CookieFile.parse("127.0.0.1\tFALSE\t/\tFALSE\t0\tcf\tok")
          .cookies()
          .forEach(session.cookies()::add);
      assertThat(get(pages(), origin.url("/video"), session)).isEqualTo("page");
      assertThat(origin.requests()).hasSize(1);
    }
  }

  @Test
  void refusalsOfAllWaysAreTheReply() throws IOException {
    FakeCurl.write(folder, "cat > /dev/null; printf 'HTTP/1.1 403 No\\r\\n\\r\\ncurl'");
    try (RawOrigin origin = origin(_ -> NO)) {
      HttpReply reply =
          Fetching.await(pages().fetch(HttpFetch.text(origin.url("/x")), HttpSession.empty()));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(fetching.bodyOf(reply)).isEqualTo("no");
    }
  }

  @Test
  void aClosedConnectionIsARefusalToo() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              if (isBrowser(connection.readRequest())) {
                connection.send(OK);
              } else {
                connection.reset();
              }
            })) {
      assertThat(get(pages(), origin.url("/video"), HttpSession.empty())).isEqualTo("page");
    }
  }

  @Test
  void aSlowSiteIsAskedOnceAndNotForLongerThanAStepMayTake() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.awaitClose();
            })) {
      HttpFetcher pages = fetcher(folder.toString(), Duration.ofSeconds(1)).forPages();
      assertThatThrownBy(() -> get(pages, origin.url("/x"), HttpSession.empty()))
          .hasMessageContaining("for 1 s")
          .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TIMED_OUT));
      assertThat(origin.requests()).hasSize(1);
    }
  }

  @Test
  void aRefusalWithoutEndIsReadToALimit() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 403 No\r\n\r\n");
              while (true) {
                connection.send("on and on ".repeat(100));
              }
            })) {
      HttpReply reply =
          Fetching.await(pages().fetch(HttpFetch.text(origin.url("/")), HttpSession.empty()));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(fetching.bytesOf(reply).size()).isEqualTo(128 * 1024);
    }
  }

  @Test
  void onlyTheLastHostsAreRemembered() throws IOException {
    HttpFetcher pages = pages();
    try (RawOrigin one = origin(request -> isBrowser(request) ? OK : NO);
        RawOrigin two = origin(request -> isBrowser(request) ? OK : NO);
        RawOrigin three = origin(request -> isBrowser(request) ? OK : NO)) {
      for (RawOrigin origin : List.of(one, two, three, one)) {
        get(pages, origin.url("/"), HttpSession.empty());
      }
      assertThat(one.requests()).hasSize(4);
      get(pages, three.url("/"), HttpSession.empty());
      assertThat(three.requests()).hasSize(3);
    }
  }
}
