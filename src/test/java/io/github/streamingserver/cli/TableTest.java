package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.model.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Table TABLE =
      new Table(
          Column.text("NAME", "title", "name"),
          Column.amount("SIZE", "bytes", Units::bytes),
          Column.whole("URL", "url"));

  private static JsonObject row(String name, int bytes, String url) {
    return JsonObject.of("name", name).with("bytes", bytes).with("url", url);
  }

  @Test
  void alignsColumns() {
    List<JsonObject> rows =
        List.of(row("One", 5, "http://a/"), row("日本", 12_000, ""), JsonObject.of("title", "Bare"));
    assertThat(TABLE.lines(rows, Screen.NONE))
        .containsExactly("NAME     SIZE  URL", "One       5 B  http://a/", "日本  12.0 kB", "Bare");
  }

  @Test
  void showsAnAmountThatIsNoneAsItCame() {
    JsonObject row = JsonObject.of("name", "One").with("bytes", "much");
    assertThat(TABLE.lines(List.of(row), Screen.NONE).getLast()).isEqualTo("One   much");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void cutsAllButTheUrlToTheTerminal(int width) {
    String url = "http://host/" + "u".repeat(300);
    String line =
        TABLE
            .lines(List.of(row("n".repeat(500), 7, url)), new Screen(true, width, false))
            .getLast();
    assertThat(line).endsWith("  " + url);
    assertThat(line.length() - url.length()).isLessThanOrEqualTo(width / 2 + 4);
    assertThat(line).contains("n…");
  }

  @Test
  void leavesTheRoomThatAShortUrlDoesNotNeed() {
    String name = "n".repeat(60);
    List<String> lines =
        TABLE.lines(List.of(row(name, 7, "http://a/")), new Screen(true, 80, false));
    assertThat(lines.getLast()).isEqualTo(name + "   7 B  http://a/");
  }

  @Test
  void padsNoLineForOneThatIsEndless() {
    List<JsonObject> rows = List.of(row("n".repeat(100_000), 1, "u"), row("a", 1, "u"));
    assertThat(TABLE.lines(rows, Screen.NONE).getLast()).hasSizeLessThan(150);
  }

  @Test
  void setsTheHeadingOffOnlyWhereColourIsWanted() {
    List<JsonObject> rows = List.of(row("One", 5, "u"));
    assertThat(TABLE.lines(rows, new Screen(true, 80, true)).getFirst())
        .startsWith("\u001b[1mNAME")
        .endsWith("\u001b[0m");
    assertThat(String.join("", TABLE.lines(rows, new Screen(true, 80, false))))
        .doesNotContain("\u001b");
  }
}
