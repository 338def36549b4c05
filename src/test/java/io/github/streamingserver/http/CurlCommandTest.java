package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurlCommandTest {
  private static final URI SIGNED = URI.create("https://user:pw@site.tv:8443/a/../b?sig=%2Fx#part");

  @Test
  void commandLineHoldsNoSecretAndNoFile() {
    List<String> line = CurlCommand.line(Path.of("/bin/curl"), Duration.ofSeconds(30), 1000);
    assertThat(line).startsWith("/bin/curl", "--disable").endsWith("--config", "-");
    assertThat(line).containsSubsequence("--proto", "=http,https");
    assertThat(line).containsSubsequence("--max-time", "30");
    assertThat(line).containsSubsequence("--max-filesize", "1000");
    assertThat(line.subList(1, line.size())).noneMatch(argument -> argument.contains("/site"));
    assertThat(line).doesNotContain("--location", "--cookie-jar", "--cookie", "--header");
  }

  @Test
  void configHoldsTheRequestAsItIs() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Quote", "a \"b\" \\ c\td");
    headers.put("X-Empty", "");
    headers.put("Cookie", "k=v; w=x");
    assertThat(CurlCommand.config(SIGNED, headers, Optional.empty()))
        .isEqualTo(
            """
            url = "https://site.tv:8443/a/../b?sig=%2Fx"
            header = "X-Quote: a \\"b\\" \\\\ c\\td"
            header = "X-Empty;"
            header = "Cookie: k=v; w=x"
            noproxy = "*"
            """);
  }

  @Test
  void configHoldsTheProxy() {
    HttpProxy proxy = HttpProxy.parse("http://me:p%20w@proxy.lan:3128");
    assertThat(CurlCommand.config(URI.create("http://site.tv"), Map.of(), Optional.of(proxy)))
        .isEqualTo(
            """
            url = "http://site.tv/"
            proxy = "http://proxy.lan:3128"
            proxy-user = "me:p w"
            """);
  }
}
