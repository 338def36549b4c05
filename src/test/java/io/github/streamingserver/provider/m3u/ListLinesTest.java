package io.github.streamingserver.provider.m3u;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.provider.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListLinesTest {
  private static List<String> read(byte[] bytes) throws IOException {
    ListLines lines = new ListLines(BoundedInput.of(new ByteArrayInputStream(bytes), 1 << 20));
    List<String> all = new ArrayList<>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }

  private static List<String> read(String text, Charset charset) throws IOException {
    return read(text.getBytes(charset));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb", "\uFEFFa\r\nb"})
  void endsLinesInEveryWay(String text) throws IOException {
    assertThat(read(text, StandardCharsets.UTF_8)).containsExactly("a", "b");
    assertThat(read(gzip(text.getBytes(StandardCharsets.UTF_8)))).containsExactly("a", "b");
  }

  @Test
  void keepsEmptyLines() throws IOException {
    assertThat(read("a\r\n\r\nb\n\nc", StandardCharsets.UTF_8))
        .containsExactly("a", "", "b", "", "c");
  }

  @Test
  void takesLatinWhereALineIsNoUtf8() throws IOException {
    assertThat(read("Fernsehen für Österreich €", StandardCharsets.UTF_8))
        .containsExactly("Fernsehen für Österreich €");
    assertThat(read("Fernsehen für Österreich", StandardCharsets.ISO_8859_1))
        .containsExactly("Fernsehen für Österreich");
  }

  @Test
  void cutsALineThatIsTooLongAndGoesOn() throws IOException {
    List<String> lines =
        read("x".repeat(ListLines.LONGEST + 5) + "\nnext", StandardCharsets.US_ASCII);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).hasSize(ListLines.LONGEST);
    assertThat(lines.getLast()).isEqualTo("next");
  }

  @Test
  void refusesWhatIsLongerThanItMayBe() throws IOException {
    byte[] bomb = gzip(new byte[2 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> read(bomb))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void refusesGzipThatIsNone() throws IOException {
    byte[] cut = gzip("a\nb".getBytes(StandardCharsets.UTF_8));
    cut[12] ^= 0x55;
    assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(new byte[] {0x1f, (byte) 0x8b, 1}))
        .isInstanceOf(IOException.class);
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[] {'a'})).containsExactly("a");
  }
}
