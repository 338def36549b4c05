package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  private static final URI BASE = URI.create("https://host/a/b/index.m3u8?token=t1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "http://host | http://host",
        "~  http://host/a  ~ | http://host/a",
        "HTTPS://Host/a | HTTPS://Host/a",
        "http://host/a b.mp4 | http://host/a%20b.mp4",
        "http://host/a%20b.mp4 | http://host/a%20b.mp4",
        "http://host/100%.mp4 | http://host/100%25.mp4",
        "http://host/%zz%4 | http://host/%25zz%254",
        "http://host/%41%4a | http://host/%41%4a",
        "http://host/a[1].mp4 | http://host/a%5B1%5D.mp4",
        "http://host/{a}^b`c<d>\"e\" | http://host/%7Ba%7D%5Eb%60c%3Cd%3E%22e%22",
        "http://host/a?x=¦y | http://host/a?x=%7Cy",
        "http://host/a\\b | http://host/a%5Cb",
        "http://[::1]:8080/a[1] | http://[::1]:8080/a%5B1%5D",
        "http://[::1]:8080 | http://[::1]:8080",
        "http://[::1]?a=b | http://[::1]?a=b",
        "http://user:pw@host:81/a?b#c | http://user:pw@host:81/a?b#c",
        "http://host:65535/a | http://host:65535/a",
      })
  void escapesWhatBrowsersEscape(String text, String url) {
    assertThat(Urls.http(text.replace("¦", "|"))).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/a",
        "host/a",
        "ftp://host/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,a",
        "http:",
        "http://",
        "http:///a",
        "http:a",
        "https://?a",
        "://host",
        "http://host:99999999999/",
        "http://host:65536/",
        "http://[::1/",
        "http://ho st/",
        "http://host:port/",
        "udp://@239.0.0.1:1234",
        "rtmp://host/a",
        "http://h/\u0085",
      })
  void refusesAllElseWithAMessage(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Urls.http(text))
        .satisfies(error -> assertThat(error.getMessage()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/a?token=secret", "//user:secret@host/a", "ftp://user:secret@host/a?token=secret",
        "http:///a?token=secret", "http://[/a?token=secret", "/a#secret",
      })
  void aRefusalTellsNoSecret(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Urls.http(text))
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("secret", "null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "s.ts | https://host/a/b/s.ts",
        "./s.ts | https://host/a/b/s.ts",
        "../s.ts | https://host/a/s.ts",
        "/s.ts | https://host/s.ts",
        "//cdn/s.ts | https://cdn/s.ts",
        "http://cdn/s.ts?x=1 | http://cdn/s.ts?x=1",
        "s.ts?x=1&y=a/b | https://host/a/b/s.ts?x=1&y=a/b",
        "?seg=1 | https://host/a/b/index.m3u8?seg=1",
        "../../s.ts | https://host/s.ts",
        "../../../s.ts | https://host/s.ts",
        "/../s.ts | https://host/s.ts",
        "a b[1].ts | https://host/a/b/a%20b%5B1%5D.ts",
        "a[1]/s.ts | https://host/a/b/a%5B1%5D/s.ts",
        "a[1]//s/t.ts | https://host/a/b/a%5B1%5D//s/t.ts",
        "s.ts?u=http://x/[1] | https://host/a/b/s.ts?u=http://x/%5B1%5D",
        "x//y/s.ts | https://host/a/b/x//y/s.ts",
        "10:30.ts | https://host/a/b/10:30.ts",
        "seg_10:30.ts | https://host/a/b/seg_10:30.ts",
        "x/10:30.ts | https://host/a/b/x/10:30.ts",
      })
  void resolvesAReference(String reference, String url) {
    assertThat(Urls.resolve(BASE, reference)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://host/a/b/index.m3u8?token=t1",
    "'#part', https://host/a/b/index.m3u8?token=t1#part",
    "../../.., https://host/",
    "'//cdn?x', https://cdn?x",
  })
  void aReferenceWithoutAPathIsTheSameDocument(String reference, String url) {
    assertThat(Urls.resolve(BASE, reference)).hasToString(url);
  }

  @Test
  void resolvesAgainstAHostWithoutPath() {
    URI bare = URI.create("http://host");
    assertThat(Urls.resolve(bare, "s.ts")).hasToString("http://host/s.ts");
    assertThat(Urls.resolve(URI.create("http://host?q"), "?r")).hasToString("http://host?r");
  }

  /** RFC 3986 §5.4; what only differs in a fragment is left out. */
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../, http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "g., http://a/b/c/g.",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g?y/../x, http://a/b/c/g?y/../x",
  })
  void resolvesAsTheRfcShows(String reference, String url) {
    assertThat(Urls.resolve(URI.create("http://a/b/c/d;p?q"), reference)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/a", "skd://key", "data:a", "mailto:a@b", "http://", "http:///x"})
  void resolvesToNothingButHttp(String reference) {
    assertThatIllegalArgumentException().isThrownBy(() -> Urls.resolve(BASE, reference));
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:pw@host:8443/a/b?token=1#f, https://host:8443/a/b",
    "http://host?token=1, http://host",
    "http://host/a%20b, http://host/a%20b",
    "http://[::1]:81/a?b, http://[::1]:81/a",
    "mailto:secret@host, ''",
    "/a/b?c, /a/b",
  })
  void showsNoSecret(URI url, String shown) {
    assertThat(Urls.shown(url)).isEqualTo(shown);
  }
}
