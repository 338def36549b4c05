package io.github.streamingserver.provider.m3u;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmltvTest {
  private static final Instant NOW = Instant.parse("2026-01-31T20:00:00Z");

  @TempDir Path folder;

  private GuideWriter writer(int most, String... keys) throws IOException {
    return new GuideWriter(
        SortedNames.of(Set.of(keys)), NOW.getEpochSecond(), most, folder.resolve("guide.bin"));
  }

  private Guide written(GuideWriter writer) throws IOException {
    try (writer) {
      writer.finish();
    }
    return Guide.read(folder.resolve("guide.bin"));
  }

  private Guide read(String xml, String... keys) throws XMLStreamException, IOException {
    GuideWriter writer = writer(GuideWriter.MOST_BYTES, keys);
    new XmltvReader(writer).read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return written(writer);
  }

  private static String programme(String channel, String start, String stop, String title) {
    return "<programme start=\"%s\" stop=\"%s\" channel=\"%s\"><title lang=\"de\">%s</title><desc>x</desc></programme>"
        .formatted(start, stop, channel, title);
  }

  private static String titles(Guide guide, String key, Instant at) {
    Guide.NowNext on = guide.at(key, at);
    return on.now().map(Guide.Programme::title).orElse("-")
        + "/"
        + on.next().map(Guide.Programme::title).orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "20260131201500 +0100, 2026-01-31T19:15:00Z",
    "20260131201500 -0430, 2026-02-01T00:45:00Z",
    "20260131201500+01:00, 2026-01-31T19:15:00Z",
    "20260131201500, 2026-01-31T20:15:00Z",
    "20260131201500 UTC, 2026-01-31T20:15:00Z",
    "202601312015 +0000, 2026-01-31T20:15:00Z",
    "20260131, 2026-01-31T00:00:00Z"
  })
  void readsTimes(String text, Instant expected) {
    assertThat(XmltvTime.seconds(text)).hasValue(expected.getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource({"''", "tomorrow", "20261331201500", "20260132", "20260131251500", "2026", "-1"})
  void refusesWhatIsNoTime(String text) {
    assertThat(XmltvTime.seconds(text)).isEmpty();
  }

  @Test
  void knowsWhatIsOnNowAndNext() throws XMLStreamException, IOException {
    Guide guide =
        read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE tv SYSTEM "file:///etc/passwd">
            <tv generator-info-name="x">
              <channel id="one"><display-name>The One</display-name></channel>
              <channel id="2.two"><icon src="x"/><display-name>Two HD</display-name></channel>
            """
                + programme("one", "20260131210000", "20260131220000", "Third")
                + programme("one", "20260131190000", "20260131200000", "First")
                + programme(
                    "one",
                    "20260131200000",
                    "20260131210000",
                    "Se &amp;\n <![CDATA[<co>]]>nd &#228;")
                + programme("2.two", "20260131203000", "20260131210000", "Later")
                + programme("other", "20260131200000", "20260131210000", "Unknown")
                + "<programme start=\"x\" channel=\"one\"><title>No time</title></programme>"
                + "</tv>",
            "one",
            "=two hd",
            "=nobody");
    assertThat(titles(guide, "one", NOW)).isEqualTo("Se & <co>nd ä/Third");
    assertThat(titles(guide, "one", NOW.plusSeconds(3599))).isEqualTo("Se & <co>nd ä/Third");
    assertThat(titles(guide, "one", NOW.plusSeconds(3600))).isEqualTo("Third/-");
    assertThat(titles(guide, "one", NOW.plusSeconds(7200))).isEqualTo("-/-");
    assertThat(titles(guide, "=two hd", NOW)).isEqualTo("-/Later");
    assertThat(titles(guide, "=nobody", NOW)).isEqualTo("-/-");
    assertThat(titles(guide, "other", NOW)).isEqualTo("-/-");
  }

  @Test
  void endsAProgrammeWithoutAnEndWhereTheNextBegins() throws XMLStreamException, IOException {
    Guide guide =
        read(
            "<tv><programme start=\"20260131193000\""
                + " channel=\"a\"><title>A</title></programme><programme start=\"20260131203000\""
                + " channel=\"a\"><title>B</title></programme></tv>",
            "a");
    assertThat(titles(guide, "a", NOW.plusSeconds(1799))).isEqualTo("A/B");
    assertThat(titles(guide, "a", NOW.plusSeconds(1800))).isEqualTo("B/-");
    assertThat(titles(guide, "a", NOW.plusSeconds(1800 + 3600))).isEqualTo("-/-");
  }

  @Test
  void expandsNoEntityAndReadsNoFile() throws IOException {
    String bomb =
        "<!DOCTYPE tv [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><tv>"
            + programme("a", "20260131200000", "20260131210000", "x&b;&f;y")
            + "</tv>";
    GuideWriter writer = writer(GuideWriter.MOST_BYTES, "a");
    try {
      new XmltvReader(writer).read(new ByteArrayInputStream(bomb.getBytes(StandardCharsets.UTF_8)));
    } catch (XMLStreamException refused) {
      return;
    }
    assertThat(titles(written(writer), "a", NOW)).isEqualTo("xy/-");
  }

  @Test
  void keepsWhatCameBeforeItBreaks() throws IOException {
    GuideWriter writer = writer(GuideWriter.MOST_BYTES, "a");
    XmltvReader reader = new XmltvReader(writer);
    String xml =
        "<tv>" + programme("a", "20260131200000", "20260131210000", "A") + "<programme & broken";
    assertThatThrownBy(
            () -> reader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(XMLStreamException.class);
    assertThat(reader.programmes()).isEqualTo(1);
    assertThat(titles(written(writer), "a", NOW)).isEqualTo("A/-");
  }

  @Test
  void readsOnHoweverManyAmpersandsThereAre() throws XMLStreamException, IOException {
    String title = "&amp;&lt;&#228;".repeat(100);
    Guide guide =
        read(
            "<tv>"
                + programme("other", "20260131200000", "20260131210000", title).repeat(2_000)
                + programme("a", "20260131200000", "20260131210000", title).repeat(2_000)
                + programme("a", "20260131210000", "20260131220000", "Last")
                + "</tv>",
            "a");
    assertThat(titles(guide, "a", NOW)).startsWith("&<ä&<ä").endsWith("/Last");
  }

  @Test
  void refusesATagWithoutEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(
            () -> new TagGuard(endless).transferTo(java.io.OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no tag within");
  }

  @Test
  void halvesItsWindowUntilItFits() throws IOException {
    GuideWriter writer = writer(20_000, "a", "b");
    for (int minute = 0; minute < 24 * 60; minute += 2) {
      long start = NOW.getEpochSecond() + minute * 60L;
      writer.add(minute % 4 / 2, start, start + 120, "title number " + minute);
    }
    Guide guide = written(writer);
    assertThat(guide.size()).isBetween(200, 600);
    assertThat(titles(guide, "a", NOW)).isEqualTo("title number 0/title number 4");
    assertThat(titles(guide, "b", NOW.plusSeconds(7200))).isEqualTo("-/title number 122");
    assertThat(titles(guide, "a", NOW.plusSeconds(23 * 3600))).isEqualTo("-/-");
  }

  @Test
  void takesNoMoreWhereTheShortestWindowIsFull() throws IOException {
    GuideWriter writer = writer(1_000, "a");
    for (int second = 0; second < 10_000; second++) {
      long start = NOW.getEpochSecond() + second % 300;
      writer.add(0, start, start + 1_000, "title number " + second);
    }
    Guide guide = written(writer);
    assertThat(guide.size()).isBetween(20, 40);
    assertThat(titles(guide, "a", NOW)).isEqualTo("title number 0/title number 1");
  }

  @Test
  void survivesItsFile() throws IOException, XMLStreamException {
    Guide guide =
        read(
            "<tv>"
                + programme("b", "20260131200000", "20260131210000", "B \"ö\"")
                + programme("a", "20260131203000", "20260131210000", "A")
                + programme("a", "20260131203000", "20260131210000", "A again")
                + "</tv>",
            "a",
            "b",
            "c");
    Path file = folder.resolve("guide.bin");
    Files.move(file, folder.resolve("moved"));
    written(writer(GuideWriter.MOST_BYTES));
    assertThat(Guide.read(file).size()).isZero();
    Guide again = Guide.read(folder.resolve("moved"));
    for (Guide each : List.of(guide, again)) {
      assertThat(each.size()).isEqualTo(2);
      assertThat(titles(each, "a", NOW)).isEqualTo("-/A");
      assertThat(titles(each, "b", NOW)).isEqualTo("B \"ö\"/-");
      assertThat(titles(each, "c", NOW)).isEqualTo("-/-");
    }
    assertThat(titles(Guide.EMPTY, "a", NOW)).isEqualTo("-/-");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 40, -1, -3})
  void refusesAFileThatIsNotAsItWasWritten(int at) throws IOException, XMLStreamException {
    read("<tv>" + programme("a", "20260131203000", "20260131210000", "A") + "</tv>", "a");
    Path file = folder.resolve("guide.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Guide.read(file)).isInstanceOf(IOException.class);
    Files.write(file, new byte[Math.max(at, 0)]);
    assertThatThrownBy(() -> Guide.read(file)).isInstanceOf(IOException.class);
  }
}
