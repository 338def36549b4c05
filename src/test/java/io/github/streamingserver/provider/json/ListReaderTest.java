package io.github.streamingserver.provider.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.provider.Programme;
import io.github.streamingserver.testkit.ProviderBench;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as they come, by what a config.json says of them. */
class ListReaderTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:10:00Z");
  private static final String REGIONS =
      """
      {"regions": {
         "at": {"name": "Austria", "channels": {"X": {"name": "no"}}},
         "de": {"name": "Germany", "channels": {
           "a1": {"name": "One", "group": "News", "logo": "http://h/1.png", "chno": 7, "odd": [1, {"x": null}]},
           "b 2": {"name": "Two", "group": "Film", "license_url": "http://license"},
           "c3": {"group": "Film"},
           "d4": "no channel"}}},
       "slug": "stvp-{id}"}\
      """;
  private static final String OF_REGIONS =
      """
      {"settings": {"region": "de", "play": "http://play/"},
       "list": {"url": "http://h/l", "items": "/regions/${region}/channels",
         "item": {"title": "/name", "url": "${play}/{list:/slug}", "category": "/group",
                  "thumbnail": "/logo", "license": "/license_url"}}}\
      """;

  private static List<Channel> read(String config, String settings, InputStream list)
      throws Exception {
    ListSpec spec = ListSpec.of(ProviderBench.json(config), ProviderBench.json(settings));
    return new ListReader(spec, NOW).read(list, "the list");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Channel> read(String config, String list) throws Exception {
    return read(config, "{}", bytes(list));
  }

  /** A list of the items in {@code array}, of which {@code item} says more. */
  private static String plain(String item) {
    return "{\"list\": {\"url\": \"http://h/l\", \"items\": \"\", \"item\": {\"title\": \"/t\","
        + " \"url\": \"/u\""
        + item
        + "}}}";
  }

  @Test
  void itemsAreMembersOfAnObject() throws Exception {
    List<Channel> channels = read(OF_REGIONS, REGIONS);
    assertThat(channels).extracting(Channel::title).containsExactly("One", "Two");
    assertThat(channels)
        .extracting(Channel::url)
        .containsExactly("http://play/stvp-a1", "http://play/stvp-b%202");
    assertThat(channels).extracting(Channel::category).containsExactly("News", "Film");
    assertThat(channels.getFirst().thumbnail()).isEqualTo("http://h/1.png");
    assertThat(channels.getFirst().license()).isEmpty();
    assertThat(channels.getLast().license()).contains("http://license");
    assertThat(channels.getFirst().fields())
        .isEqualTo(
            ProviderBench.json(
                """
                {"name": "One", "group": "News", "logo": "http://h/1.png", "chno": 7,
                 "odd": [1, {"x": null}]}\
                """));
  }

  @Test
  void gzipIsKnownByItsContent() throws Exception {
    assertThat(read(OF_REGIONS, "{}", new ByteArrayInputStream(zipped()))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9, 10, 50, -40})
  void gzipThatIsCutOffIsRefused(int end) throws Exception {
    byte[] whole = zipped();
    byte[] cut = Arrays.copyOf(whole, end < 0 ? whole.length + end : end);
    assertThatThrownBy(() -> read(OF_REGIONS, "{}", new ByteArrayInputStream(cut)))
        .isInstanceOf(StreamException.class)
        .hasMessage("the list is gzip data that is broken or cut off");
  }

  @Test
  void gzipThatIsBrokenIsRefused() throws Exception {
    byte[] broken = zipped();
    Arrays.fill(broken, 20, 40, (byte) 0xff);
    assertThatThrownBy(() -> read(OF_REGIONS, "{}", new ByteArrayInputStream(broken)))
        .isInstanceOf(StreamException.class)
        .hasMessage("the list is gzip data that is broken or cut off");
  }

  private static byte[] zipped() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(REGIONS.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  @Test
  void settingsOfTheServerWin() throws Exception {
    List<Channel> channels =
        read(OF_REGIONS, "{\"region\": \"at\", \"play\": \"https://other\"}", bytes(REGIONS));
    assertThat(channels).extracting(Channel::url).containsExactly("https://other/stvp-X");
    assertThat(channels.getFirst().category()).isEqualTo("Other");
  }

  @Test
  void aRegionThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> read(OF_REGIONS, "{\"region\": \"xx\"}", bytes(REGIONS)))
        .isInstanceOf(StreamException.class)
        .hasMessage("the list has no items at '/regions/xx/channels', but '/regions' has at, de");
  }

  @Test
  void itemsAreElementsOfAnArray() throws Exception {
    String config =
        plain(
            ", \"category\": \"/deep/list/1/name\", \"offered\": \"/ok\", \"description\": \"{t}"
                + " ({n})\"");
    String list =
        """
        [{"t": "A", "u": "http://a", "ok": true, "n": 1.5, "deep": {"list": [0, {"name": "C"}]}},
         {"t": "B", "u": "http://b", "ok": false}, {"t": "C", "u": "http://c"},
         {"t": "D", "u": "ftp://d", "ok": true}, {"t": " ", "u": "http://e", "ok": true}, 7, [1],
         {"t": "F", "u": "http://f", "ok": true}]\
        """;
    List<Channel> channels = read(config, list);
    assertThat(channels).extracting(Channel::title).containsExactly("A", "F");
    assertThat(channels).extracting(Channel::category).containsExactly("C", "Other");
    assertThat(channels).extracting(Channel::description).containsExactly("A (1.5)", "");
  }

  @Test
  void theGuideIsReadAndNotPassedOn() throws Exception {
    String config =
        plain(
            ", \"guide\": {\"at\": \"/x/guide\", \"start\": \"/start\", \"stop\": \"/stop\","
                + " \"title\": \"/title\", \"episode\": \"/episode/name\", \"description\":"
                + " \"/d\"}");
    String list =
        """
        [{"t": "A", "u": "http://a", "x": {"kept": 1, "guide": [
           {"start": "2026-07-01T10:00:00.000Z", "stop": "2026-07-01T12:10:00Z", "title": "over"},
           {"start": "2026-07-01T14:10:00+02:00", "stop": 1782909000, "title": "on", "d": "About"},
           {"start": 1782909000000, "title": "next", "episode": {"name": "One"}},
           {"start": "2026-07-02T12:10:00Z", "title": "far"},
           {"start": "never", "title": "no"}, {"title": "no"}, {"start": 1782909000}, 7]}}]\
        """;
    Channel channel = read(config, list).getFirst();
    assertThat(channel.guide()).extracting(Programme::title).containsExactly("on", "next: One");
    assertThat(channel.guide().getFirst().stop()).contains(Instant.ofEpochSecond(1782909000));
    assertThat(channel.fields().object("x")).contains(JsonObject.of("kept", 1));
  }

  @Test
  void aProgrammeWithoutAnEndLastsUntilTheNext() throws Exception {
    long now = NOW.getEpochSecond();
    String list =
        "[{\"t\": \"A\", \"u\": \"http://a\", \"g\": [[%d, \"next\"], [%d, \"over\"], [%d, \"on\"]]}]"
            .formatted(now + 60, now - 120, now - 60);
    Channel channel =
        read(plain(", \"guide\": {\"at\": \"/g\", \"start\": \"/0\", \"title\": \"/1\"}"), list)
            .getFirst();
    assertThat(channel.guide()).extracting(Programme::title).containsExactly("on", "next");
    assertThat(channel.guide().getFirst().stop()).contains(NOW.plusSeconds(60));
    assertThat(channel.guide().getLast().stop()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty",
        "<html></html> | no JSON as expected",
        "[{\"t\": \"A\", | no JSON as expected",
        "{\"t\": tru} | no JSON as expected",
        "7 | no items at ''",
      })
  void whatIsNoListIsRefused(String list, String message) {
    assertThatThrownBy(() -> read(plain(""), list))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining(message);
  }

  /** A text of {@code head}, then so often {@code part}; never whole in memory. */
  private static InputStream large(String head, String part, int count) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                bytes(head),
                new SequenceInputStream(
                    Collections.enumeration(
                        IntStream.range(0, count).mapToObj(_ -> bytes(part)).toList())))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"t\": \"A\", \"u\": \"http://a\"},", "{\"x\": [1,2,3,4,5,6,7,8,9]},"})
  void moreThanIsKeptIsRefused(String item) {
    assertThatThrownBy(() -> read(plain(""), "{}", large("[", item, 400_000)))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("more than is kept of a list");
  }

  @Test
  void whatIsPassedOverCostsNothing() throws Exception {
    String config = OF_REGIONS.replace("{list:/slug}", "{id}");
    String other = "\"k\": [" + "\"text\",".repeat(10_000) + "0],";
    InputStream list = new SequenceInputStream(large("{", other, 300), bytes(REGIONS.substring(1)));
    assertThat(read(config, "{}", list)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | \"list\" is missing",
        "{\"list\": {}} | list.item is missing",
        "{\"list\": {\"item\": {}}} | list.url is missing",
        "{\"list\": {\"item\": {}, \"url\": \"http://h\"}} | list.item.title is missing",
        "{\"list\": {\"item\": {\"title\": \"/t\"}, \"url\": \"http://h\"}} | list.item.url",
        "{\"list\": {\"item\": {\"title\": \"/t\", \"url\": \"/u\"}, \"url\": \"h\"}} | http",
        "{\"list\": {\"url\": \"${no}\"}} | ${no} has no value",
        "{\"list\": {\"items\": \"x\", \"item\": {\"title\": \"/t\", \"url\": \"/u\"}, \"url\":"
            + " \"http://h\"}} | no JSON pointer",
        "{\"list\": {\"item\": {\"title\": \"/t\", \"url\": \"{list:x}\"}, \"url\": \"http://h\"}}"
            + " | no JSON pointer",
        "{\"list\": {\"item\": {\"title\": \"/t\", \"url\": \"/u\"}, \"url\":"
            + " \"http://h/{now:##}\"}} | list.url: Pattern includes",
      })
  void aConfigThatCanNotBeUsedSaysWhy(String config, String message) throws Exception {
    JsonObject json = ProviderBench.json(config);
    assertThatThrownBy(() -> ListSpec.of(json, JsonObject.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theAddressHasTheTime() throws Exception {
    ListSpec spec =
        ListSpec.of(
            ProviderBench.json(
                plain("")
                    .replace(
                        "http://h/l",
                        "http://h/l?a={now:yyyy-MM-dd HH:00:00.000+0000}&b={now+48h:yyyyMMdd}")),
            JsonObject.empty());
    assertThat(spec.addressAt(NOW))
        .hasToString("http://h/l?a=2026-07-01%2012%3A00%3A00.000%2B0000&b=20260703");
  }
}
