package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieFileTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static String header(String line, String url) {
    CookieJar jar = new CookieJar(InstantSource.fixed(NOW));
    CookieFile.parse(line.replace("^", "\t")).cookies().forEach(jar::add);
    return jar.header(URI.create(url)).orElse("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // line, ^ for a tab | address | what is sent there
        "site.tv^FALSE^/^FALSE^0^a^1 | http://site.tv/x | a=1",
        "site.tv^FALSE^/^FALSE^0^a^1 | https://SITE.tv/ | a=1",
        "SITE.tv^false^/^false^0^a^1 | http://site.tv/ | a=1",
        "site.tv^FALSE^/^FALSE^0^a^1 | http://www.site.tv/ | -",
        ".site.tv^TRUE^/^FALSE^0^a^1 | http://www.site.tv/ | a=1",
        ".site.tv^TRUE^/^FALSE^0^a^1 | http://site.tv/ | a=1",
        ".site.tv^FALSE^/^FALSE^0^a^1 | http://www.site.tv/ | -",
        "site.tv^TRUE^/^FALSE^0^a^1 | http://www.site.tv/ | a=1",
        ".site.tv^TRUE^/^FALSE^0^a^1 | http://othersite.tv/ | -",
        ".site.tv^TRUE^/^FALSE^0^a^1 | http://site.tv.evil.example/ | -",
        ".tv^TRUE^/^FALSE^0^a^1 | http://site.tv/ | -",
        "127.0.0.1^TRUE^/^FALSE^0^a^1 | http://127.0.0.1:8080/ | a=1",
        "localhost^TRUE^/^FALSE^0^a^1 | http://localhost:1/ | a=1",
        "site.tv^FALSE^/live^FALSE^0^a^1 | http://site.tv/live/one | a=1",
        "site.tv^FALSE^/live^FALSE^0^a^1 | http://site.tv/livery | -",
        "site.tv^FALSE^/live^FALSE^0^a^1 | http://site.tv/ | -",
        "site.tv^FALSE^/^TRUE^0^a^1 | https://site.tv/ | a=1",
        "site.tv^FALSE^/^TRUE^0^a^1 | http://site.tv/ | -",
        "site.tv^FALSE^/^FALSE^1700000001^a^1 | http://site.tv/ | a=1",
        "site.tv^FALSE^/^FALSE^1700000000^a^1 | http://site.tv/ | -",
        "site.tv^FALSE^/^FALSE^1600000000^a^1 | http://site.tv/ | -",
        "site.tv^FALSE^/^FALSE^1700000001.75^a^1 | http://site.tv/ | a=1",
        "site.tv^FALSE^/^FALSE^-1^a^1 | http://site.tv/ | a=1",
        "site.tv^FALSE^/^FALSE^999999999999999999^a^1 | http://site.tv/ | a=1",
        "#HttpOnly_site.tv^FALSE^/^FALSE^0^a^1 | http://site.tv/ | a=1",
        "#HttpOnly_.site.tv^TRUE^/^TRUE^0^a^1 | https://www.site.tv/ | a=1",
        "#site.tv^FALSE^/^FALSE^0^a^1 | http://site.tv/ | -",
        "site.tv^FALSE^/^FALSE^0^a^ | http://site.tv/ | a=",
        "site.tv^FALSE^/^FALSE^0^a | http://site.tv/ | a=",
        "site.tv^FALSE^/^FALSE^0^a^x=y \"z\" | http://site.tv/ | a=x=y \"z\"",
        "site.tv   FALSE  / FALSE 0 a 1 | http://site.tv/ | a=1",
      })
  void isSentWhereItBelongs(String line, String url, String sent) {
    assertThat(header(line, url)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a^b",
        "site.tv^FALSE^/^FALSE^soon^a^1",
        "site.tv^PERHAPS^/^FALSE^0^a^1",
        "site.tv^FALSE^/^?^0^a^1",
        "site.tv^FALSE^live^FALSE^0^a^1",
        "site.tv^FALSE^/^FALSE^0^^1",
        "^FALSE^/^FALSE^0^a^1",
        ".^TRUE^/^FALSE^0^a^1",
        "http://site.tv/^FALSE^/^FALSE^0^a^1",
        "site.tv^FALSE^/^FALSE^0^a^1;b=2",
        "site.tv^FALSE^/^FALSE^0^a=b^1",
        "site.tv^FALSE^/^FALSE^0^a^1^more",
        "site.tv^FALSE^/^FALSE^9999999999999999999999^a^1",
        "[{\"domain\": \"site.tv\"}]",
      })
  void whatIsNoneIsCounted(String line) {
    CookieFile file = CookieFile.parse("# comment\n\n" + line.replace("^", "\t") + "\n");
    assertThat(file.cookies()).isEmpty();
    assertThat(file.unusable()).containsExactly(3);
  }

  @Test
  void readsAWholeFileOfAnyEditor() {
    String lines =
        """
        # Netscape HTTP Cookie File

        site.tv^FALSE^/^FALSE^0^a^1
        bad
        site.tv^FALSE^/^FALSE^0^b^2\
        """;
    String text = "\uFEFF" + lines.replace("^", "\t").replace("\n", "\r\n");
    CookieFile file = CookieFile.parse(text);
    assertThat(file.cookies()).extracting(Cookie::name).containsExactly("a", "b");
    assertThat(file.unusable()).isEqualTo(List.of(4));
  }

  @Test
  void tellsJson() {
    assertThat(CookieFile.isJson(" [{\"name\": 1}]")).isTrue();
    assertThat(CookieFile.isJson("# Netscape")).isFalse();
  }
}
