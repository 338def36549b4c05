package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.testkit.ForwardProxy;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By way of a real proxy; how https tunnels is in {@link TlsTest}. */
class ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere";
  private static final String BASIC = "Basic bWU6cHc=";

  private static Fetching fetching;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  private static HttpReply get(URI url, HttpSession session) {
    return Fetching.await(fetching.fetcher().fetch(HttpFetch.bytes(url), session));
  }

  private static HttpSession through(String user, int port) {
    return HttpSession.empty().via(new HttpProxy("127.0.0.1", port, user));
  }

  @Test
  void httpIsForwardedAndItsHostIsTheProxysToFind() throws IOException {
    try (ForwardProxy proxy = new ForwardProxy("");
        RawOrigin origin = RawOrigin.answering(OK)) {
      URI url = URI.create("http://no-such-host.invalid:" + origin.url("/").getPort() + "/a?b=c");
      assertThat(fetching.bodyOf(get(url, through("", proxy.port())))).isEqualTo("there");
      assertThat(proxy.requests().getFirst())
          .startsWith("GET " + url + " HTTP/1.1\r\n")
          .contains("\r\nHost: no-such-host.invalid:" + url.getPort() + "\r\n");
      assertThat(origin.requests().getFirst()).startsWith("GET /a?b=c HTTP/1.1\r\n");
    }
  }

  @Test
  void theProxysPasswordReachesTheProxyAlone() throws IOException {
    try (ForwardProxy proxy = new ForwardProxy(BASIC);
        RawOrigin origin = RawOrigin.answering(OK)) {
      HttpReply reply = get(origin.url("/a"), through("me:pw", proxy.port()));
      assertThat(fetching.bodyOf(reply)).isEqualTo("there");
      assertThat(proxy.requests().getFirst()).contains(BASIC);
      assertThat(origin.requests().getFirst()).doesNotContain(BASIC);
      assertThat(get(origin.url("/a"), through("me:other", proxy.port())).status()).isEqualTo(407);
    }
  }

  @Test
  void withoutAProxyItIsNotAsked() throws IOException {
    try (ForwardProxy proxy = new ForwardProxy("");
        RawOrigin origin = RawOrigin.answering(OK)) {
      get(origin.url("/a"), HttpSession.empty());
      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    int gone;
    try (ForwardProxy proxy = new ForwardProxy("")) {
      gone = proxy.port();
    }
    assertThatThrownBy(() -> get(URI.create("http://site.example/"), through("me:secret", gone)))
        .hasMessageContaining("http://site.example/ by way of proxy 127.0.0.1:" + gone)
        .hasMessageNotContaining("secret")
        .satisfies(
            e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.NOT_CONNECTED));
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.lan:3128, proxy.lan, 3128, ''",
    "proxy.lan:3128, proxy.lan, 3128, ''",
    "http://me:p%40w@10.0.0.1:8080/, 10.0.0.1, 8080, me:p@w",
  })
  void reads(String text, String host, int port, String user) {
    assertThat(HttpProxy.parse(text)).isEqualTo(new HttpProxy(host, port, user));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.lan",
        "socks5://p:1",
        "https://p:1",
        "http://me:secret@:1",
        "http://p:0"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> HttpProxy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a proxy is")
        .hasMessageNotContaining("secret");
  }

  @Test
  void doesNotShowItsPassword() {
    assertThat(HttpProxy.parse("http://me:secret@p:1")).hasToString("p:1");
  }
}
