package io.github.streamingserver.provider.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFinderTest {
  private static final String SCRIPT =
      """
      {"streams": {"script": "window.data", "at": "/player/*/list/*", "url": "/u", "quality": "/q",
                   "codec": "/c", "fallback": "/f"}}\
      """;

  private static List<String> find(String config, String page) {
    return Configs.read(config, "{}")
        .streams()
        .orElseThrow()
        .find(new ItemPage(URI.create("https://host/v/1"), page), Configs.noDeadline())
        .stream()
        .map(
            stream ->
                "%s %d %s%s"
                    .formatted(
                        stream.url(),
                        stream.height().orElse(0),
                        stream.codec(),
                        stream.fallback() ? " fallback" : ""))
        .toList();
  }

  @Test
  void findsBySelector() {
    assertThat(
            find(
                "{\"streams\": {\"select\": \"source\", \"url\": \"@src\", \"quality\": \"@label\","
                    + " \"codec\": \"@type\"}}",
                """
                <video><source src="a.mp4" label="720p" type="video/hevc"><source src="//cdn/b.mp4"
                label="HD 1080p60"><source label="none"><source src="javascript:x">
                <source src="a.mp4"></video>\
                """))
        .containsExactly("https://host/v/a.mp4 720 HEVC", "https://cdn/b.mp4 1080 UNKNOWN");
  }

  @Test
  void findsByPattern() {
    assertThat(
            find(
                "{\"streams\": {\"pattern\": \"file:'(?<url>[^']+)'(?:,q:'(?<quality>[^']+)')?\","
                    + " \"codec\": \"h264\"}}",
                "<script>file:'https:\\/\\/cdn\\/a.m3u8?a=1&amp;b=2' file:'/b',q:'480'</script>"))
        .containsExactly("https://cdn/a.m3u8?a=1&b=2 0 H264", "https://host/b 480 H264");
  }

  @Test
  void findsByJsonInAScript() {
    assertThat(
            find(
                SCRIPT,
                """
                <script>window.data = window.data || {}; other.window.data = {broken;
                window.data = {player: {'one': {"list": [{"u": "/a", "q": "1280x720", "c": "av01.0",
                "f": "/a2"}, {"u": 5, "q": true}]}, "two": {"list": {"x": {"u": "/b", "q": 1080},}}}};
                more()</script>\
                """))
        .containsExactly(
            "https://host/a 720 AV1",
            "https://host/a2 720 AV1 fallback",
            "https://host/v/5 0 UNKNOWN",
            "https://host/b 1080 UNKNOWN");
    assertThat(
            find(
                "{\"streams\": {\"script\": \"#d\", \"at\": \"/a/0\"}}",
                "<script id=d type=application/json>{\"a\": [\"/x\"]}</script>"))
        .containsExactly("https://host/x 0 UNKNOWN");
  }

  @Test
  void putsTheQualitiesThatAnAddressListsIntoIt() {
    String config =
        """
        {"streams": {"pattern": "src='(?<url>[^']+)'"},
         "quality-template": {"mark": "_Q_", "values": "x\\\\d+:(\\\\d+p):"}}\
        """;
    assertThat(
            find(
                config, "src='/multi=426x240:240p:,1280x720:720p:/_Q_.av1.m3u8' src='/x/_Q_.m3u8'"))
        .containsExactly(
            "https://host/multi=426x240:240p:,1280x720:720p:/240p.av1.m3u8 240 UNKNOWN",
            "https://host/multi=426x240:240p:,1280x720:720p:/720p.av1.m3u8 720 UNKNOWN",
            "https://host/x/_Q_.m3u8 0 UNKNOWN");
  }

  @Test
  void takesWhatOneRuleFindsWhereAnotherFails() {
    String config =
        """
        {"streams": [{"script": "x", "at": "/a"}, {"pattern": "src='(?<url>[^']+)'"}]}\
        """;
    assertThat(find(config, "x = {broken ; src='/a'")).containsExactly("https://host/a 0 UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<p>nothing</p> | no object 'window.data' with addresses at '/player/*/list/*'",
        "window.data = {\"player\": {}} | No stream on https://host/v/1",
        "window.data = {\"player\": oops} | 'window.data' is no valid JSON",
        "window.data = {\"player\": | 'window.data' is no valid JSON",
      })
  void saysWhatIsNotThere(String page, String message) {
    assertThatThrownBy(() -> find(SCRIPT, page))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("mend \"streams\" in config.json");
  }
}
