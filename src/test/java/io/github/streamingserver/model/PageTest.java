package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  private static final List<String> WHOLE = List.of("a", "b", "c", "d", "e");

  @ParameterizedTest
  @CsvSource({
    "1, 2, ab",
    "2, 2, cd",
    "3, 2, e",
    "4, 2, ''",
    "1, 5, abcde",
    "2, 5, ''",
    "1, 6, abcde",
    "1, 1, a",
    "5, 1, e",
    "6, 1, ''",
    "1, 2147483647, abcde",
    "2, 2147483647, ''",
    "2147483647, 2147483647, ''",
    "2147483647, 1, ''",
    "1073741825, 4, ''",
  })
  void isAPartOfTheList(int number, int limit, String part) {
    Page page = new Page(number, limit);
    assertThat(page.of(WHOLE).stream().collect(Collectors.joining())).isEqualTo(part);
    assertThat(page.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, page", "-1, 1, page", "1, 0, limit", "1, -5, limit", "-2147483648, 1, page"})
  void beginsAtOne(int number, int limit, String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Page(number, limit))
        .withMessageStartingWith(argument);
  }
}
