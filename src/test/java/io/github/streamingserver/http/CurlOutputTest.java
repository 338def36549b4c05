package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlOutputTest {
  private static Optional<CurlOutput> parse(String text) {
    return CurlOutput.parse(
        text.replace("^", "\r\n").replace("~", "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK^A: 1^^body | 200 | 1 | body",
        "HTTP/2 200 ^a: 1^^body | 200 | 1 | body",
        "HTTP/2 403^a:1^^ | 403 | 1 | ''",
        "HTTP/1.1 200 OK~A: 1~~body | 200 | 1 | body",
        "HTTP/1.1 103 Early Hints^A: 0^^HTTP/1.1 200 OK^A: 1^^x^^y | 200 | 1 | x^^y",
        "HTTP/1.1 100 Continue^^HTTP/1.1 500 No^A : 1^^ | 500 | 1 | ''",
        "HTTP/1.1 200 OK^A: 1^nonsense^: 2^^HTTP/1.1 404 | 200 | 1 | HTTP/1.1 404",
      })
  void readsResponses(String text, int status, String header, String content) {
    CurlOutput output = parse(text).orElseThrow();
    assertThat(output.status()).isEqualTo(status);
    assertThat(output.headers().first("a")).contains(header);
    assertThat(output.content().utf8String()).isEqualTo(content.replace("^", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^",
        "hello",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK^A: 1",
        "HTTP/1.1 2000 OK^^",
        "HTTP/1.1 100 Continue^^",
        "HTTP/1.1 100 Continue^^body^^",
        "curl: (6) no^^",
      })
  void whatIsNoneIsNone(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void keepsEveryCookie() {
    CurlOutput output = parse("HTTP/2 200^set-cookie: a=1^Set-Cookie: b=2^^").orElseThrow();
    assertThat(output.headers().all("Set-Cookie")).containsExactly("a=1", "b=2");
  }
}
