package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class UnitsTest {
  static final List<Object> NO_AMOUNTS =
      List.of(
          -1, Double.NaN, Double.POSITIVE_INFINITY, "NaN", "-Infinity", 1e300, "many", List.of());

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "999949,999.9 kB",
    "999950,1.0 MB",
    "123456789,123.5 MB",
    "5e12,5.0 TB",
    "999e15,999.0 PB",
  })
  void showsBytes(double bytes, String shown) {
    assertThat(Units.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0,0:00", "59.9,0:59", "60,1:00", "3599,59:59", "3600,1:00:00", "360000,100:00:00"})
  void showsTime(double seconds, String shown) {
    assertThat(Units.clock(seconds)).isEqualTo(shown);
  }

  @ParameterizedTest
  @FieldSource("NO_AMOUNTS")
  void believesNoImpossibleAmount(Object value) {
    assertThat(Units.amount(JsonObject.of("n", value), "n")).isEmpty();
  }
}
