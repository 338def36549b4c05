package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.AccessSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With programs that behave as curl, or worse. */
class CurlFetcherTest {
  private static final String URL = "https://user:password@site.tv/page?token=secret";

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

  private CurlFetcher curl(String script) throws IOException {
    FakeCurl.write(folder, script);
    AccessSettings access =
        new AccessSettings(Duration.ofSeconds(1), 4, "curl", 1000, "not-looked-up");
    return new CurlFetcher(
        access,
        Fetching.settings(Duration.ofSeconds(20)),
        new CurlProgram("curl", folder.toString()),
        Runnable::run);
  }

  private HttpReply get(String script, HttpSession session) throws IOException {
    return Fetching.await(curl(script).fetch(HttpFetch.text(URI.create(URL)), session));
  }

  @Test
  void secretsGoToStandardInputAlone() throws IOException {
    HttpSession session =
        HttpSession.empty()
            .withHeader("X-Key", "mine-secret")
            .via(HttpProxy.parse("http://me:proxy-secret@127.0.0.1:1"));
    session.cookies().add(Cookie.of(URI.create(URL), "c", "cookie-secret"));
    HttpReply reply =
        get(
            """
            echo "$@" > "$0.line"; cat > "$0.stdin"
            printf 'HTTP/2 200\\r\\nset-cookie: new=1; Path=/\\r\\n\\r\\nthere'
            """,
            session);
    assertThat(fetching.bodyOf(reply)).isEqualTo("there");
    assertThat(folder.resolve("curl.line"))
        .content()
        .doesNotContain("secret", "password", "site.tv", "proxy-secret");
    assertThat(folder.resolve("curl.stdin"))
        .content()
        .contains("url = \"https://site.tv/page?token=secret\"\n")
        .contains("X-Key: mine-secret", "c=cookie-secret", "Basic ", "me:proxy-secret");
    assertThat(session.cookies().header(URI.create("https://site.tv/")))
        .contains("c=cookie-secret; new=1");
  }

  @Test
  void decodesWhatTheSiteCompressed() throws IOException {
    HttpReply reply =
        get(
            """
            cat > /dev/null
            printf 'HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 9\\r\\n\\r\\n'
            printf 'decoded' | gzip -c
            """,
            HttpSession.empty());
    assertThat(fetching.bodyOf(reply)).isEqualTo("decoded");
    assertThat(reply.headers().first("Content-Length")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6, HOST_UNKNOWN",
    "7, NOT_CONNECTED",
    "28, TIMED_OUT",
    "35, TLS",
    "60, TLS",
    "52, CLOSED",
    "56, CLOSED",
    "63, TOO_LARGE",
    "18, TRUNCATED",
    "1, NOT_HTTP",
    "5, HOST_UNKNOWN",
  })
  void exitCodesAreFailures(int exit, HttpFailure.Transport kind) throws IOException {
    failsAs(kind, "cat > /dev/null; echo secret >&2; exit " + exit);
  }

  @Test
  void moreThanIsTakenIsRefused() throws IOException {
    failsAs(
        HttpFailure.Transport.TOO_LARGE,
        "cat > /dev/null; printf 'HTTP/1.1 200 OK\\r\\n\\r\\n'; exec cat /dev/zero");
  }

  @Test
  void whatIsNoResponseIsNone() throws IOException {
    failsAs(HttpFailure.Transport.CLOSED, "cat > /dev/null; echo hello");
  }

  @Test
  void oneThatReadsNothingIsNoProblem() throws IOException {
    HttpReply reply = get("exec <&-; printf 'HTTP/1.1 204 None\\r\\n\\r\\n'", HttpSession.empty());
    assertThat(reply.status()).isEqualTo(204);
  }

  @Test
  void oneThatHangsIsKilledWithItsChildren()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    failsAs(
        HttpFailure.Transport.TIMED_OUT, "cat > /dev/null; echo $$ > \"$0.pid\"; sleep 600; true");
    long pid = Long.parseLong(Files.readString(folder.resolve("curl.pid")).strip());
    var left = ProcessHandle.of(pid);
    if (left.isPresent()) {
      left.get().onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void noneIsAFailureToo() {
    CurlFetcher none =
        new CurlFetcher(
            new AccessSettings(Duration.ofSeconds(1), 4, "curl", 1000, "not-looked-up"),
            Fetching.settings(Duration.ofSeconds(20)),
            new CurlProgram("curl", folder.toString()),
            Runnable::run);
    assertThatThrownBy(
            () -> Fetching.await(none.fetch(HttpFetch.text(URI.create(URL)), HttpSession.empty())))
        .satisfies(
            e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.NOT_CONNECTED));
  }

  private void failsAs(HttpFailure.Transport kind, String script) throws IOException {
    CurlFetcher curl = curl(script);
    assertThatThrownBy(
            () -> Fetching.await(curl.fetch(HttpFetch.text(URI.create(URL)), HttpSession.empty())))
        .hasMessageContaining("https://site.tv/page")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("password")
        .satisfies(e -> assertThat(HttpFailure.of(e)).contains(kind));
  }
}
