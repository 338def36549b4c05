package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.testkit.Certificates;
import io.github.streamingserver.testkit.ForwardProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real HTTPS origin whose certificate is for localhost alone. */
class TlsTest {
  private static Fetching fetching;
  private static SSLContext own;
  private static int port;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    fetching = new Fetching();
    own = Certificates.create(folder, "EC").context();
    ServerBinding binding =
        Http.get(fetching.kit.system())
            .newServerAt("127.0.0.1", 0)
            .enableHttps(ConnectionContext.httpsServer(own))
            .bindSync(_ -> HttpResponse.create().withEntity("secure"))
            .toCompletableFuture()
            .get();
    port = binding.localAddress().getPort();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  @Test
  void fetchesFromWhomItTrusts() {
    assertThat(fetching.bodyOf(get("localhost", fetcher(own)))).isEqualTo("secure");
  }

  @Test
  void refusesACertificateForAnotherName() {
    assertThatThrownBy(() -> get("127.0.0.1", fetcher(own)))
        .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TLS));
  }

  @Test
  void refusesWhomTheJdkDoesNotTrust() {
    assertThatThrownBy(() -> get("localhost", fetching.fetcher()))
        .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TLS));
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "me:pw, Basic bWU6cHc="})
  void tunnelsThroughAProxy(String user, String authorization) throws IOException {
    try (ForwardProxy proxy = new ForwardProxy(authorization)) {
      HttpSession session =
          HttpSession.empty()
              .withHeader("X-Key", "secret")
              .via(new HttpProxy("127.0.0.1", proxy.port(), user));
      URI url = URI.create("https://localhost:" + port + "/");
      HttpReply reply = Fetching.await(fetcher(own).fetch(HttpFetch.bytes(url), session));
      assertThat(fetching.bodyOf(reply)).isEqualTo("secure");
      assertThat(proxy.requests().getFirst())
          .startsWith("CONNECT localhost:" + port + " HTTP/1.1\r\n")
          .doesNotContain("secret");
    }
  }

  @Test
  void aProxyThatRefusesIsNamed() throws IOException {
    try (ForwardProxy proxy = new ForwardProxy("Basic of-another")) {
      HttpSession session = HttpSession.empty().via(new HttpProxy("127.0.0.1", proxy.port(), ""));
      URI url = URI.create("https://localhost:" + port + "/");
      assertThatThrownBy(() -> Fetching.await(fetcher(own).fetch(HttpFetch.bytes(url), session)))
          .hasMessageContaining("by way of proxy 127.0.0.1:" + proxy.port());
    }
  }

  private static HttpReply get(String host, PekkoHttpFetcher fetcher) {
    URI url = URI.create("https://" + host + ":" + port + "/");
    return Fetching.await(fetcher.fetch(HttpFetch.bytes(url), HttpSession.empty()));
  }

  private static PekkoHttpFetcher fetcher(SSLContext trust) {
    return new PekkoHttpFetcher(
        fetching.kit.system(), Fetching.settings(Duration.ofSeconds(20)), trust);
  }
}
