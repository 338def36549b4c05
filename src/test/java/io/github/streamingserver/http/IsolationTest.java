package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.config.AccessSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What belongs to one site reaches no other, by whatever way. */
class IsolationTest {
  private static final String THERE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere";

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

  @ParameterizedTest
  @CsvSource({
    // header, from, to, whether it goes along
    "Authorization, http://a.tv/, http://a.tv/x, true",
    "Authorization, http://a.tv/, http://A.TV:80/x, true",
    "Authorization, http://a.tv/, https://a.tv/x, true",
    "Authorization, https://a.tv/, http://a.tv/x, false",
    "Authorization, http://a.tv/, http://a.tv:8080/x, false",
    "Authorization, https://a.tv/, https://a.tv:8443/x, false",
    "Authorization, http://a.tv/, http://www.a.tv/x, false",
    "Authorization, http://a.tv/, http://a.tv.evil.example/x, false",
    "Authorization, http://a.tv/, http://b.tv/x, false",
    "authorization, http://a.tv/, http://b.tv/x, false",
    "Cookie, http://a.tv/, http://b.tv/x, false",
    "Cookie, http://a.tv/, http://a.tv/x, true",
    "X-Api-Key, http://a.tv/, http://b.tv/x, false",
    "X-Api-Key, http://a.tv/, http://a.tv/x, true",
    "X-Forwarded-For, http://a.tv/, http://b.tv/x, false",
    "Proxy-Authorization, http://a.tv/, http://a.tv/x, false",
    "Proxy-Authorization, http://a.tv/, http://b.tv/x, false",
    "User-Agent, http://a.tv/, http://b.tv/x, true",
    "Accept, http://a.tv/, http://b.tv/x, true",
    "Accept-Language, http://a.tv/, http://b.tv/x, true",
    "Referer, http://a.tv/, http://b.tv/x, true",
    "Origin, http://a.tv/, http://b.tv/x, true",
    "Range, http://a.tv/, http://b.tv/x, true",
    "If-Range, http://a.tv/, http://b.tv/x, true",
    "Sec-Fetch-Mode, http://a.tv/, http://b.tv/x, true",
  })
  void redirectsTakeAlongWhatIsHarmless(String name, URI from, URI to, boolean along) {
    HttpFetch own = HttpFetch.bytes(from).with(name, "v-a-l");
    assertThat(sent(own, HttpSession.empty(), to).containsValue("v-a-l")).isEqualTo(along);
    HttpSession session = HttpSession.empty().withHeader(name, "v-a-l");
    assertThat(sent(HttpFetch.bytes(from), session, to).containsValue("v-a-l")).isEqualTo(along);
    HttpSession owned = HttpSession.empty().withHeader(from, name, "v-a-l");
    assertThat(sent(HttpFetch.bytes(from), owned, to).containsValue("v-a-l")).isEqualTo(along);
    // As is a segment elsewhere, which the playlist names: no redirect, but another site as well.
    assertThat(sent(HttpFetch.bytes(to), owned, to).containsValue("v-a-l")).isEqualTo(along);
  }

  private static Map<String, String> sent(HttpFetch request, HttpSession session, URI to) {
    return RequestHeaders.of(request, session, "Test/1", to);
  }

  @Test
  void aUserInAnAddressStaysThere() {
    HttpFetch request = HttpFetch.bytes(URI.create("http://user:pw@a.tv/"));
    assertThat(sent(request, HttpSession.empty(), request.url())).containsKey("Authorization");
    assertThat(sent(request, HttpSession.empty(), URI.create("http://b.tv/")))
        .doesNotContainKey("Authorization");
  }

  @Test
  void whatASiteWantedIsSentToThatSite() {
    HttpSession session = HttpSession.empty();
    session.want(URI.create("http://a.tv/page"), Map.of("Referer", "http://a.tv/"));
    URI same = URI.create("http://a.tv/segment");
    URI other = URI.create("http://b.tv/segment");
    assertThat(sent(HttpFetch.bytes(same), session, same)).containsKey("Referer");
    assertThat(sent(HttpFetch.bytes(other), session, other)).doesNotContainKey("Referer");
  }

  @Test
  void sessionsThatAreLaidOverEachOtherKeepTheirCookiesApart() {
    URI site = URI.create("http://a.tv/");
    HttpSession owner = HttpSession.empty().withHeader("User-Agent", "Owner/1");
    owner.cookies().add(Cookie.of(site, "a", "owner"));
    owner.cookies().add(Cookie.of(site, "b", "owner"));
    HttpSession client = HttpSession.empty().withHeader(site, "X-Key", "client");
    client.cookies().add(Cookie.of(site, "a", "client"));
    HttpSession both = client.over(owner);
    assertThat(sent(HttpFetch.bytes(site), both, site))
        .containsEntry("User-Agent", "Owner/1")
        .containsEntry("X-Key", "client");
    assertThat(both.cookies().header(site)).contains("a=client; b=owner");
    both.cookies().add(Cookie.of(site, "c", "both"));
    assertThat(owner.cookies().header(site)).contains("a=owner; b=owner");
    assertThat(client.cookies().header(site)).contains("a=client");
  }

  @Test
  void theClientsProxyAndHeadersWin() {
    HttpProxy mine = new HttpProxy("mine", 1, "");
    HttpProxy theirs = new HttpProxy("theirs", 1, "");
    HttpSession base = HttpSession.empty().withHeader("Referer", "http://b/").via(theirs);
    HttpSession own = HttpSession.empty().withHeader("referer", "http://a/").via(mine);
    assertThat(own.over(base).proxy()).contains(mine);
    assertThat(HttpSession.empty().over(base).proxy()).contains(theirs);
    assertThat(own.over(base).headers())
        .containsValue("http://a/")
        .doesNotContainValue("http://b/");
  }

  /** A page that refuses us leads elsewhere once it is asked as by a browser, or by curl. */
  @Test
  void noWayToAskTakesASecretElsewhere() throws IOException {
    FakeCurl.write(
        folder,
        """
        cat > "$0.now"; cat "$0.now" >> "$0.stdin"
        if grep -q '/page"' "$0.now"; then
          printf 'HTTP/1.1 302 Found\\r\\nLocation: http://other.example:81/x\\r\\n\\r\\n'
        else
          printf 'HTTP/1.1 200 OK\\r\\n\\r\\nelsewhere'
        fi
        """);
    CurlFetcher curl =
        new CurlFetcher(
            new AccessSettings(Duration.ofSeconds(20), 4, "curl", 1000, "not-looked-up"),
            Fetching.settings(Duration.ofSeconds(20)),
            new CurlProgram("curl", folder.toString()),
            Runnable::run);
    URI page = URI.create("http://site.example/page");
    HttpSession session = HttpSession.empty().withHeader("X-Key", "secret");
    session.cookies().add(Cookie.of(page, "c", "secret"));
    HttpFetch request = HttpFetch.text(page).with("Authorization", "secret");
    HttpReply reply = Fetching.await(curl.fetch(request, session));
    assertThat(reply.url()).isEqualTo(URI.create("http://other.example:81/x"));
    assertThat(folder.resolve("curl.now")).content().doesNotContain("secret");
    assertThat(folder.resolve("curl.stdin"))
        .content()
        .contains("Authorization: secret", "X-Key: secret", "c=secret");
  }

  @Test
  void aCookieForAnotherSiteIsNotTaken() throws IOException {
    try (RawOrigin origin =
        RawOrigin.answering(
            """
            HTTP/1.1 200 OK
            Set-Cookie: a=1; Domain=other.example
            Set-Cookie: b=1; Domain=0.0.1
            Set-Cookie: c=1
            Content-Length: 0

            """
                .replace("\n", "\r\n"))) {
      HttpSession session = HttpSession.empty();
      Fetching.await(fetching.fetcher().fetch(HttpFetch.text(origin.url("/")), session));
      assertThat(session.cookies().header(origin.url("/"))).contains("c=1");
      assertThat(session.cookies().header(URI.create("http://other.example/"))).isEmpty();
      assertThat(session.cookies().header(origin.urlOnLocalhost("/"))).isEmpty();
    }
  }

  @Test
  void cookiesFollowARedirectToWhereTheyBelongAlone() throws IOException {
    try (RawOrigin other = RawOrigin.answering(THERE);
        RawOrigin origin =
            RawOrigin.answering(
                "HTTP/1.1 302 Found\r\nSet-Cookie: mine=secret\r\nContent-Length: 0\r\nLocation: "
                    + other.urlOnLocalhost("/x")
                    + "\r\n\r\n")) {
      HttpSession session = HttpSession.empty();
      session.cookies().add(Cookie.of(other.urlOnLocalhost("/"), "theirs", "1"));
      Fetching.await(fetching.fetcher().fetch(HttpFetch.text(origin.url("/")), session));
      assertThat(other.requests().getFirst())
          .contains("\r\nCookie: theirs=1\r\n")
          .doesNotContain("secret");
    }
  }
}
