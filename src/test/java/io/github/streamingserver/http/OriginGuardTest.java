package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.AccessSettings;
import io.github.streamingserver.testkit.ForwardProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code security.deny-private-origins}, with names whose addresses a test decides on. */
class OriginGuardTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere";

  /** Stands for the public internet, so that there is an origin in it. */
  private static boolean isDenied(InetAddress address) {
    return !address.getHostAddress().equals("127.0.0.1");
  }

  @TempDir private Path folder;
  private Fetching fetching;
  private final Map<String, Queue<String>> names = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    fetching = new Fetching();
  }

  @AfterEach
  void stop() {
    fetching.close();
  }

  /** Each answer is given once, but for the last. */
  private void name(String host, String... answers) {
    names.put(host, new ArrayDeque<>(List.of(answers)));
  }

  private synchronized InetAddress[] lookUp(String host) throws UnknownHostException {
    asked.add(host);
    Queue<String> answers = names.get(host);
    if (answers == null) {
      return InetAddress.getAllByName(host);
    }
    String answer =
        Optional.ofNullable(answers.size() > 1 ? answers.poll() : answers.peek()).orElse("");
    InetAddress[] all = new InetAddress[answer.split(" ", -1).length];
    for (int i = 0; i < all.length; i++) {
      byte[] address = InetAddress.getByName(answer.split(" ", -1)[i]).getAddress();
      all[i] = InetAddress.getByAddress(host, address);
    }
    return all;
  }

  private OriginGuard guard() {
    return new OriginGuard(this::lookUp, OriginGuardTest::isDenied);
  }

  private HttpFetcher fetcher() throws Exception {
    return new PekkoHttpFetcher(
        fetching.kit.system(),
        Fetching.settings(Duration.ofSeconds(20)),
        SSLContext.getDefault(),
        guard());
  }

  private static URI url(String host, RawOrigin origin) {
    return URI.create("http://" + host + ":" + origin.url("/").getPort() + "/a?token=secret");
  }

  private static void assertDenied(HttpFetcher fetcher, URI url, HttpSession session) {
    assertThatThrownBy(() -> Fetching.await(fetcher.fetch(HttpFetch.text(url), session)))
        .hasMessageContaining("is in a private network (setting security.deny-private-origins)")
        .hasMessageNotContaining("secret")
        .matches(
            error ->
                HttpFailure.of(error).equals(Optional.of(HttpFailure.Transport.PRIVATE_ORIGIN)))
        .matches(error -> RetryPolicy.Outlook.of(error) == RetryPolicy.Outlook.PERMANENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "localhost.",
        "LOCALHOST",
      })
  void thisMachineIsReachedByNoneOfItsNames(String host) throws Exception {
    try (RawOrigin origin = RawOrigin.answering(OK)) {
      OriginGuard guard = new OriginGuard(InetAddress::getAllByName, PrivateAddresses::contains);
      HttpFetcher fetcher =
          new PekkoHttpFetcher(
              fetching.kit.system(),
              Fetching.settings(Duration.ofSeconds(20)),
              SSLContext.getDefault(),
              guard);
      URI url = url(host, origin);
      // Not every form is a host to URI; those are no URLs to us anyway.
      if (url.getHost() != null) {
        assertThatThrownBy(
                () -> Fetching.await(fetcher.fetch(HttpFetch.bytes(url), HttpSession.empty())))
            .matches(
                error ->
                    HttpFailure.of(error)
                        .filter(
                            kind ->
                                kind == HttpFailure.Transport.PRIVATE_ORIGIN
                                    || kind == HttpFailure.Transport.HOST_UNKNOWN)
                        .isPresent());
      }
      assertThat(origin.connections()).isZero();
    }
  }

  @Test
  void aNameWithOnePrivateAddressIsRefused() throws Exception {
    name("mixed.tv", "127.0.0.1 10.0.0.1");
    name("inside.tv", "192.168.1.1");
    try (RawOrigin origin = RawOrigin.answering(OK)) {
      assertDenied(fetcher(), url("mixed.tv", origin), HttpSession.empty());
      assertDenied(fetcher(), url("inside.tv", origin), HttpSession.empty());
      assertThat(origin.connections()).isZero();
    }
  }

  @Test
  void theConnectionGoesWhereItWasLookedAt() throws Exception {
    name("rebound.tv", "127.0.0.1", "127.0.0.2");
    try (RawOrigin origin = RawOrigin.answering(OK)) {
      HttpReply reply =
          Fetching.await(
              fetcher().fetch(HttpFetch.bytes(url("rebound.tv", origin)), HttpSession.empty()));
      assertThat(fetching.bodyOf(reply)).isEqualTo("there");
      assertThat(asked).containsExactly("rebound.tv");
      assertThat(origin.requests().getFirst()).contains("\r\nHost: rebound.tv:");
      assertDenied(fetcher(), url("rebound.tv", origin), HttpSession.empty());
      assertThat(origin.connections()).isOne();
    }
  }

  @Test
  void aRedirectIsLookedAtToo() throws Exception {
    name("public.tv", "127.0.0.1");
    try (RawOrigin metadata = RawOrigin.answering(OK);
        RawOrigin origin =
            RawOrigin.answering(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
                    + url("127.0.0.3", metadata)
                    + "\r\n\r\n")) {
      assertDenied(fetcher(), url("public.tv", origin), HttpSession.empty());
      assertThat(origin.connections()).isOne();
      assertThat(metadata.connections()).isZero();
    }
  }

  @Test
  void aNameThatIsNotThereIsToldAsThat() throws Exception {
    HttpFetcher fetcher = fetcher();
    URI url = URI.create("http://no-such-host.invalid/");
    assertThatThrownBy(
            () -> Fetching.await(fetcher.fetch(HttpFetch.bytes(url), HttpSession.empty())))
        .matches(
            error -> HttpFailure.of(error).equals(Optional.of(HttpFailure.Transport.HOST_UNKNOWN)));
  }

  @Test
  void aProxyIsNotAskedForWhatIsKnownToBePrivate() throws Exception {
    try (ForwardProxy proxy = new ForwardProxy("");
        RawOrigin origin = RawOrigin.answering(OK)) {
      HttpSession session = HttpSession.empty().via(new HttpProxy("127.0.0.1", proxy.port(), ""));
      assertDenied(fetcher(), url("127.0.0.2", origin), session);
      assertThat(proxy.requests()).isEmpty();
      HttpFetch unknown = HttpFetch.bytes(url("no-such-host.invalid", origin));
      HttpReply reply = Fetching.await(fetcher().fetch(unknown, session));
      assertThat(fetching.bodyOf(reply)).isEqualTo("there");
    }
  }

  private HttpFetcher curl(String script) throws IOException {
    FakeCurl.write(folder, "cat >> " + folder.resolve("config") + "\n" + script);
    return new CurlFetcher(
        new AccessSettings(Duration.ofSeconds(20), 4, "curl", 1000, "not-looked-up"),
        Fetching.settings(Duration.ofSeconds(20)),
        new CurlProgram("curl", folder.toString()),
        Runnable::run,
        guard());
  }

  @Test
  void curlConnectsToWhatWasLookedAt() throws Exception {
    name("public.tv", "127.0.0.1");
    HttpFetcher curl = curl("printf 'HTTP/1.1 200 OK\\r\\n\\r\\nthere'");
    HttpFetch request = HttpFetch.text(URI.create("http://public.tv/a"));
    assertThat(fetching.bodyOf(Fetching.await(curl.fetch(request, HttpSession.empty()))))
        .isEqualTo("there");
    assertThat(folder.resolve("config"))
        .content()
        .contains("url = \"http://public.tv/a\"\n", "connect-to = \"::127.0.0.1:\"\n");
  }

  @Test
  void curlIsNotRunForAPrivateOriginNorForARedirectToOne() throws Exception {
    name("public.tv", "127.0.0.1");
    HttpFetcher curl =
        curl(
            "printf 'HTTP/1.1 302 Found\\r"
                + "\\n"
                + "Location: http://10.0.0.1/x?token=secret\\r"
                + "\\n"
                + "\\r"
                + "\\n"
                + "'");
    assertDenied(curl, URI.create("http://10.0.0.1/first?token=secret"), HttpSession.empty());
    assertThat(folder.resolve("config")).doesNotExist();
    assertDenied(curl, URI.create("http://public.tv/a"), HttpSession.empty());
    assertThat(folder.resolve("config")).content().contains("public.tv").doesNotContain("10.0.0.1");
  }
}
