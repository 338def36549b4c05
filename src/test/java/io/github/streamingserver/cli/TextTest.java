package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain,plain",
        "'  a\tb\r\nc ','a b  c'",
        "a\u001b[31mb\u0007c\u0000d,a[31mbcd",
        "a\u009b31mb,a31mb",
        "a\u007fb,ab",
        "a\u202eb\u2066c\u200bd,abcd",
        "a\u2028b,a b",
        "\ud83d\udc68\u200d\ud83d\udc69,\ud83d\udc68\u200d\ud83d\udc69",
        "Ünï 日本,Ünï 日本",
      })
  void cleansWhatSteersATerminal(String text, String clean) {
    assertThat(Text.clean(text)).isEqualTo(clean);
  }

  @Test
  void dropsHalvesOfCharacters() {
    assertThat(Text.clean("a\ud83db\udc68c")).isEqualTo("abc");
  }

  @Test
  void escapesInJsonWhatSteersATerminalAndNothingElse() {
    assertThat(Text.escape("[\"a\u009b1mb\u202e\u007f 日本 \ud83d\ude00\"]"))
        .isEqualTo("[\"a\\u009b1mb\\u202e\\u007f 日本 \ud83d\ude00\"]");
  }

  @ParameterizedTest
  @CsvSource({"abc,3", "日本,4", "e\u0301,1", "\ud83d\ude00,2", "'',0"})
  void knowsTheColumnsOfAText(String text, int columns) {
    assertThat(Text.width(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"abc,3,abc", "abcd,3,ab…", "日本語,6,日本語", "日本語,5,日本…", "日本語,4,日…", "ab,1,…"})
  void cutsToAWidth(String text, int width, String cut) {
    assertThat(Text.fit(text, width)).isEqualTo(cut);
  }
}
