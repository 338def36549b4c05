package io.github.streamingserver.provider.m3u;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class M3uParserTest {
  private final List<Channel> found = new ArrayList<>();
  private final M3uParser parser = new M3uParser(found::add);

  private List<Channel> read(String... lines) {
    for (String line : lines) {
      parser.line(line);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\u0001',
      value = {
        // What follows EXTINF: § its name § group-title § tvg-id
        "-1,Plain § Plain §§",
        "-1 tvg-id=\"a\" group-title=\"News\",A § A § News § a",
        "-1 group-title=\"News, World\" tvg-id=\"a\",A, B and C § A, B and C § News, World § a",
        "-1 tvg-id='a' group-title='It\"s',A § A § It\"s § a",
        "-1 tvg-id=a group-title=News,A § A § News § a",
        "-1 TVG-ID=\"a\" Group-Title=\"News\",A § A § News § a",
        "-1 tvg-id=\"\" group-title=\"\",A § A §§",
        "-1  tvg-id = \"a\",A § A §§",
        "-1 group-title=\"never closed,A § A § never closed §",
        "-1 group-title=\"a\"tvg-id=\"b\",A § A § a § b",
        "-1 group-title=\"a\" group-title=\"b\",A § A § a §",
        "-1 tvg-id=\"a\" ,\"quoted\" name § \"quoted\" name §§ a",
        "-1 tvg-id=\"a\", § a §§ a",
        "-1 tvg-id=\"a\" tvg-name=\"Name\" § Name §§ a",
        "-1 ==,A § A §§",
        "-1 =\"x\" tvg-id=\"a\",A § A §§ a",
        "§ stream.m3u8 §§",
        ",§ stream.m3u8 §§",
        "0 tvg-id=\"a\"§ a §§ a"
      })
  void readsWhatFollowsExtinf(String info, String name, String group, String id) {
    Channel channel =
        read("#EXTINF:" + (info == null ? "" : info), "http://h/p/stream.m3u8?a=/b").getFirst();
    assertThat(channel.name()).isEqualTo(name);
    assertThat(channel.group()).isEqualTo(group == null ? "" : group);
    assertThat(channel.attributes().getOrDefault("tvg-id", "")).isEqualTo(id == null ? "" : id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        // A line before the address § the address § the header § its value
        "#EXTVLCOPT:http-user-agent=VLC/3.0 (x; y) § http://h/ § User-Agent § VLC/3.0 (x; y)",
        "#EXTVLCOPT:http-referrer=https://site/?a=b § http://h/ § Referer § https://site/?a=b",
        "#EXTVLCOPT:http-referer=https://site/ § http://h/ § Referer § https://site/",
        "#EXTVLCOPT: http-origin=https://site § http://h/ § Origin § https://site",
        "#extvlcopt:HTTP-User-Agent=\"quoted\" § http://h/ § User-Agent § quoted",
        "#EXTINF:-1 http-user-agent=\"UA\",n § http://h/ § User-Agent § UA",
        "#EXTINF:-1 user-agent=\"UA\",n § http://h/ § User-Agent § UA",
        "#EXTM3U § http://h/|User-Agent=Mozilla%2F5.0%20(a)&Referer=x § User-Agent § Mozilla/5.0"
            + " (a)",
        "#EXTM3U § http://h/|User-Agent=a+b § User-Agent § a+b",
        "#EXTM3U § http://h/|user-agent=100%&x § user-agent § 100%",
        "#EXTVLCOPT:http-user-agent=first § http://h/|user-agent=second § user-agent § second"
      })
  void findsHeadersWhereverTheyStand(String line, String address, String header, String value) {
    Channel channel = read(line, address).getFirst();
    assertThat(channel.url()).isEqualTo("http://h/");
    assertThat(channel.headers()).contains(entry(header, value));
    assertThat(channel.headers().keySet()).doesNotContain("first");
    assertThat(channel.attributes()).doesNotContainKeys("http-user-agent", "user-agent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "#EXTVLCOPT:network-caching=1000 § http://h/",
        "#EXTVLCOPT:http-user-agent § http://h/",
        "#EXTVLCOPT:http-user-agent= § http://h/",
        "#KODIPROP:inputstream.adaptive.license_key=https://license § http://h/",
        "#EXTHTTP:{\"cookie\":\"a\"} § http://h/",
        "#EXTM3U § http://h/|",
        "#EXTM3U § http://h/|nothing",
        "#EXTM3U § http://h/|Host=other&Content-Length=1&Range=bytes=0-",
        "#EXTM3U § http://h/|X=a%0D%0AEvil:b",
        "#EXTM3U § http://h/|X%0AY=a",
        "#EXTM3U § http://h/|!option=a"
      })
  void takesNoHeaderFromElsewhere(String line, String address) {
    assertThat(read(line, address).getFirst().headers()).isEmpty();
  }

  @Test
  void whatStandsBeforeOneAddressIsNotOfTheNext() {
    read(
        "#EXTM3U",
        "#EXTVLCOPT:http-user-agent=one",
        "#EXTINF:-1 tvg-id=\"one\",One",
        "#KODIPROP:a=b",
        "",
        "http://h/1",
        "http://h/2");
    assertThat(found).extracting(Channel::name).containsExactly("One", "2");
    assertThat(found.get(1).headers()).isEmpty();
    assertThat(found.get(1).attributes()).isEmpty();
  }

  @Test
  void aGroupLastsUntilTheNext() {
    read(
        "#EXTINF:-1,A",
        "#EXTGRP:First",
        "http://h/1",
        "#EXTINF:-1,B",
        "http://h/2",
        "#EXTINF:-1 group-title=\"Own\",C",
        "http://h/3",
        "#EXTINF:-1,D",
        "http://h/4");
    assertThat(found).extracting(Channel::group).containsExactly("First", "First", "Own", "");
  }

  @Test
  void namesItsGuidesOnceEach() {
    read(
        "#EXTM3U x-tvg-url=\"http://h/b.xml.gz,http://h/c.xml\" url-tvg=\"http://h/a.xml\"",
        "#EXTM3U url-tvg=\"http://h/a.xml\"");
    assertThat(parser.guides())
        .containsExactly("http://h/a.xml", "http://h/b.xml.gz", "http://h/c.xml");
  }

  @Test
  void knowsAStreamFromAList() {
    read("#EXTM3U", "#EXTINF:4,", "a.ts");
    assertThat(parser.hls()).isFalse();
    read("#EXT-X-TARGETDURATION:4");
    assertThat(parser.hls()).isTrue();
  }

  @Test
  void takesTimeInProportionToALineWhateverStandsThere() {
    for (String part : List.of("a=\"", "a='", "=", "\"", "a ", "a=", ",", "a=\"b\"")) {
      String line = "#EXTINF:" + part.repeat(2_000_000 / part.length());
      assertThat(read(line, "http://h/").getLast().url()).isEqualTo("http://h/");
    }
    assertThat(Map.copyOf(found.getLast().attributes())).containsEntry("a", "b");
  }
}
