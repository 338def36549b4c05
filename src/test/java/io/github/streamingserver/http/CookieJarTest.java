package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieJarTest {
  private static final URI SITE = URI.create("https://www.example.com/watch/live");

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final CookieJar jar = new CookieJar(() -> now);

  @ParameterizedTest(name = "{0} | {1} -> {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // host-only and domain
        "https://www.example.com/ | a=1 | https://www.example.com/x | a=1",
        "https://www.example.com/ | a=1 | https://WWW.EXAMPLE.com | a=1",
        "https://www.example.com/ | a=1 | https://cdn.www.example.com/ | none",
        "https://www.example.com/ | a=1 | https://example.com/ | none",
        "https://www.example.com/ | a=1; Domain=example.com | https://cdn.example.com/ | a=1",
        "https://www.example.com/ | a=1; domain=.Example.COM | https://cdn.example.com/ | a=1",
        "https://example.com/ | a=1; Domain=example.com | https://cdn.example.com/ | a=1",
        "https://www.example.com/ | a=1; Domain=example.com | https://badexample.com/ | none",
        "https://www.example.com/ | a=1; Domain= | https://www.example.com/ | a=1",
        "https://www.example.com/ | a=1; Domain=other.com | https://other.com/ | none",
        "https://www.example.com/ | a=1; Domain=www.www.example.com | https://www.example.com/ |"
            + " none",
        "https://www.example.com/ | a=1; Domain=com | https://www.example.com/ | none",
        "http://localhost:80/ | a=1; Domain=localhost | http://localhost/ | a=1",
        "http://localhost:80/ | a=1; Domain=localhost | http://x.localhost/ | none",
        "http://10.1.2.3/ | a=1; Domain=2.3 | http://10.1.2.3/ | none",
        "http://10.1.2.3/ | a=1; Domain=10.1.2.3 | http://10.1.2.3/ | a=1",
        "http://[::1]/ | a=1 | http://[::1]:8080/ | a=1",
        // path
        "https://e.com/watch/live | a=1 | https://e.com/watch | a=1",
        "https://e.com/watch/live | a=1 | https://e.com/watch/x/y | a=1",
        "https://e.com/watch/live | a=1 | https://e.com/watching | none",
        "https://e.com/watch/live | a=1; Path=/ | https://e.com | a=1",
        "https://e.com/ | a=1; Path=/x/ | https://e.com/x | none",
        "https://e.com/ | a=1; Path=/x/ | https://e.com/x/y | a=1",
        "https://e.com/w/l | a=1; Path=relative | https://e.com/w/z | a=1",
        "https://e.com | a=1 | https://e.com/w/z | a=1",
        // Secure
        "https://e.com/ | a=1; Secure | https://e.com/ | a=1",
        "https://e.com/ | a=1; SECURE=x | http://e.com/ | none",
        // expiry
        "https://e.com/ | a=1; Max-Age=60 | https://e.com/ | a=1",
        "https://e.com/ | a=1; Max-Age=0 | https://e.com/ | none",
        "https://e.com/ | a=1; Max-Age=-5 | https://e.com/ | none",
        "https://e.com/ | a=1; Max-Age=99999999999999999999 | https://e.com/ | a=1",
        "https://e.com/ | a=1; Max-Age=soon | https://e.com/ | a=1",
        "https://e.com/ | a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | https://e.com/ | none",
        "https://e.com/ | a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9 | https://e.com/ |"
            + " a=1",
        "https://e.com/ | a=1; Expires=when it ends | https://e.com/ | a=1",
        // names and values
        "https://e.com/ | a=\"q=1\" ; HttpOnly; SameSite=Lax | https://e.com/ | a=\"q=1\"",
        "https://e.com/ | a= | https://e.com/ | a=",
        "https://e.com/ | a | https://e.com/ | none",
        "https://e.com/ | =v | https://e.com/ | none",
        "https://e.com/ | ; | https://e.com/ | none",
      })
  void sendsWhatBelongs(URI from, String header, URI to, String sent) {
    jar.store(from, List.of(header));
    assertThat(jar.header(to).orElse("none")).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
        "Wed, 30-Nov-2033 8:9:07 GMT | 2033-11-30T08:09:07Z",
        "1 january 26 00:00:00 | 2026-01-01T00:00:00Z",
        "Sun, 31 Feb 2026 00:00:00 GMT | none",
        "Sun, 06 Nov 1600 00:00:00 GMT | none",
        "Sun, 06 Nov 1994 24:00:00 GMT | none",
        "06 Nov 1994 | none",
        "'' | none",
      })
  void readsDatesAsBrowsersDo(String text, String moment) {
    assertThat(CookieDate.parse(text).map(Instant::toString).orElse("none")).isEqualTo(moment);
  }

  @Test
  void longerPathsComeFirstThenEarlierCookies() {
    jar.store(SITE, List.of("a=1; Path=/", "b=2; Path=/watch", "c=3; Path=/", "a=4; Path=/"));
    assertThat(jar.header(SITE)).contains("b=2; a=4; c=3");
  }

  @Test
  void expiresByTheClock() {
    jar.store(SITE, List.of("a=1; Max-Age=60", "b=2; Expires=Sun, 01 Mar 2026 12:02:00 GMT"));
    now = now.plusSeconds(59);
    assertThat(jar.header(SITE)).contains("a=1; b=2");
    now = now.plusSeconds(1);
    assertThat(jar.header(SITE)).contains("b=2");
    now = now.plusSeconds(60);
    assertThat(jar.header(SITE)).isEmpty();
  }

  @Test
  void forgetsTheLongestLifeAfter400Days() {
    jar.store(SITE, List.of("a=1; Max-Age=999999999"));
    now = now.plus(Duration.ofDays(400));
    assertThat(jar.header(SITE)).isEmpty();
  }

  @Test
  void siteTakesItsCookieBack() {
    jar.store(SITE, List.of("a=1", "b=2"));
    jar.store(SITE, List.of("a=; Max-Age=0"));
    assertThat(jar.header(SITE)).contains("b=2");
  }

  @Test
  void ignoresWhatCannotBeSent() {
    jar.store(SITE, List.of("a=1\r\nX-Evil: 1", "b=" + "x".repeat(Cookie.LONGEST)));
    assertThat(jar.header(SITE)).isEmpty();
  }

  @Test
  void boundsTheCookiesOfADomainByLastUse() {
    jar.store(SITE, List.of("first=1; Path=/first"));
    for (int i = 1; i < CookieJar.MOST_PER_DOMAIN; i++) {
      jar.store(SITE, List.of("n" + i + "=1; Path=/n"));
    }
    assertThat(jar.header(SITE.resolve("/first"))).contains("first=1");
    jar.store(SITE, List.of("last=1; Path=/last"));
    assertThat(jar.header(SITE.resolve("/first"))).contains("first=1");
    assertThat(jar.header(SITE.resolve("/last"))).contains("last=1");
    assertThat(jar.header(SITE.resolve("/n")).orElseThrow()).doesNotContain("n1=").contains("n2=");
  }

  @Test
  void boundsAllCookies() {
    for (int i = 0; i <= CookieJar.MOST; i++) {
      jar.add(Cookie.of(URI.create("https://h" + i + ".com/"), "a", "1"));
    }
    assertThat(jar.header(URI.create("https://h0.com/"))).isEmpty();
    assertThat(jar.header(URI.create("https://h1.com/"))).contains("a=1");
    assertThat(jar.header(URI.create("https://h" + CookieJar.MOST + ".com/"))).contains("a=1");
  }
}
