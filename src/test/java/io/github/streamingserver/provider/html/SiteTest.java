package io.github.streamingserver.provider.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.StreamException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'base': 7.5} | 'base' | no address",
        "{'base': ''} | 'base' | must be a text",
        "{'base': 'ftp://host'} | 'base' | only http",
        "{'items': 'li'} | 'items' | must be an object",
        "{'items': {'title': 'a', 'url': 'a@href'}} | 'items.each' | is missing; write for example",
        "{'items': {'each': 'li', 'url': 'a@href'}} | 'items.title' | is missing",
        "{'items': {'each': 'li', 'title': 'a'}} | 'items.url' | 'a@href'",
        "{'items': {'each': 'li[', 'title': 'a', 'url': 'a'}} | 'items.each' | no CSS selector",
        "{'items': {'each': 'li', 'title': ':::', 'url': 'a'}} | 'items.title' | no CSS selector",
        "{'items': {'each': 'li:matches(a+)', 'title': 'a', 'url': 'a'}} | 'items.each' | bounded",
        "{'items': {'each': 'li', 'titel': 'a', 'url': 'a'}} | 'items.titel' | there are"
            + " description",
        "{'items': {'each': 'li', 'title': 5, 'url': 'a'}} | 'items.title' | must be an object",
        "{'items': {'each': 'li', 'title': [], 'url': 'a'}} | 'items.title' | empty list",
        "{'items': {'each': 'li', 'title': {'pattern': '('}, 'url': 'a'}} | 'items.title.pattern' |"
            + " regular",
        "{'items': {'each': 'li', 'title': 'a', 'url': 'a', 'page': '{pge}'}} | 'items.page' |"
            + " {pge}",
        "{'items': {'each': 'li', 'title': 'a', 'url': 'a', 'first-number': 'x'}} |"
            + " 'items.first-number' | number",
        "{'categories': {'each': 'li', 'name': 'a', 'url': 'a'}} | 'categories.page' | is missing",
        "{'categories': {'page': '/', 'each': 'li', 'url': 'a'}} | 'categories.name' | is missing",
        "{'categories': [{'url': '/x'}]} | 'categories[0].name' | is missing",
        "{'categories': ['x']} | 'categories' | list of objects",
        "{'search': {'page': '/search'}} | 'search.page' | must hold {term}",
        "{'search': {}} | 'search.page' | is missing",
        "{'streams': [{'url': '/x'}]} | 'streams[0].select' | 'pattern'",
        "{'streams': {'select': 'video'}} | 'streams.url' | '@src'",
        "{'streams': {'pattern': 'x'}} | 'streams.pattern' | (?<url>",
        "{'streams': {'pattern': '(?<url>x)', 'codec': 'mpeg'}} | 'streams.codec' | av1, hevc or"
            + " h264",
        "{'streams': {'script': 'x'}} | 'streams.at' | is missing",
        "{'streams': {'script': 'x', 'at': 'y'}} | 'streams.at' | JSON pointer",
        "{'streams': {'script': 'x', 'at': '/y', 'urls': '/z'}} | 'streams.urls' | no key here",
        "{'quality-template': {'mark': 'Q'}} | 'quality-template.values' | is missing",
        "{'headers': {'Bad name': 'x'}} | 'headers.Bad name' | be sent",
        "{'cookies': {'a;b': 'x'}} | 'cookies.a;b' | be sent",
      })
  void saysWhatMustBeMended(String config, String key, String remedy) {
    assertThatThrownBy(() -> Configs.read(config.replace('\'', '"'), "{}"))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("config.json of provider 'X': " + key.replace('\'', '"'))
        .hasMessageContaining(remedy.replace('\'', '"'));
  }

  @Test
  void takesWhatTheOwnerSets() {
    Site site =
        Configs.read("{}", "{\"base-url\": \"http://other:81/\", \"max-page-size\": \"3 KiB\"}");
    assertThat(site.base()).isEqualTo(URI.create("http://other:81/"));
    assertThat(site.maxPageSize()).isEqualTo(3072);
    assertThatThrownBy(() -> Configs.read("{}", "{\"max-page-size\": \"much\"}"))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("streamingserver.providers.X")
        .hasMessageContaining("max-page-size");
  }

  @Test
  void dressesASessionAndLeavesWhatTheClientSaid() {
    Site site =
        Configs.read(
            "{\"headers\": {\"Referer\": \"{page}\", \"Origin\": \"https://host\"}, \"cookies\":"
                + " {\"age\": \"1\"}}",
            "{}");
    HttpSession dressed =
        site.dressed(
            HttpSession.empty().withHeader("origin", "mine"), URI.create("https://host/video"));
    assertThat(dressed.headers())
        .containsEntry("Referer", "https://host/video")
        .containsEntry("origin", "mine")
        .hasSize(2);
    assertThat(dressed.cookies().header(URI.create("https://cdn.host/"))).contains("age=1");
    assertThat(dressed.cookies().header(URI.create("https://elsewhere/"))).isEmpty();
  }
}
