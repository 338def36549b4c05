package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-03T04:05:06Z,             2024-02-03T04:05:06Z",
    "2024-02-03T04:05:06.789Z,         2024-02-03T04:05:06.789Z",
    "2024-02-03t04:05:06z,             2024-02-03T04:05:06Z",
    "2024-02-03T04:05:06+01:00,        2024-02-03T03:05:06Z",
    "2024-02-03T04:05:06.5-0230,       2024-02-03T06:35:06.5Z",
    "2024-02-03T04:05:06+01,           2024-02-03T03:05:06Z",
    "2024-02-03 04:05:06,              2024-02-03T04:05:06Z",
    "2024-02-03T04:05,                 2024-02-03T04:05:00Z",
  })
  void readsDates(String text, Instant date) {
    assertThat(Numbers.date(text)).contains(date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2024-13-01T00:00:00Z", "2024-02-03", "20240203T040506Z"})
  void otherTextIsNoDate(String text) {
    assertThat(Numbers.date(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "6, 6000", "6.006, 6006", "-1, -1000", "+2., 2000", ".5, 500"})
  void readsSeconds(String text, long millis) {
    assertThat(Numbers.seconds(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-", "1-2", "1.2.3", "1e3", "NaN", "Infinity", "864001", "٣"})
  void otherTextIsNoDuration(String text) {
    assertThat(Numbers.seconds(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "9223372036854775808", "0x1", "٣"})
  void otherTextIsNoInteger(String text) {
    assertThat(Numbers.integer(text)).isEmpty();
    assertThat(Numbers.integer("1".repeat(5000))).isEmpty();
  }
}
