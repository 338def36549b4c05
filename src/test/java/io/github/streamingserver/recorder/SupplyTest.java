package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyTest {
  private static final int CHUNK = 128 << 10;

  @ParameterizedTest
  @CsvSource({"0, true", "1000, true", "7000, true", "9000, false", "1000000, false"})
  void isAmpleWhereChunksComeFasterThanAnyStreamNeeds(long micros, boolean ample) {
    Supply supply = new Supply();
    bring(supply, 30, micros);
    assertThat(supply.isAmple()).isEqualTo(ample);
  }

  @Test
  void isNotAmpleBeforeAnythingCame() {
    Supply supply = new Supply();
    assertThat(supply.isAmple()).isFalse();
    bring(supply, 1, 0);
    assertThat(supply.isAmple()).isFalse();
  }

  @Test
  void aNetworkThatChangesIsJudgedByHowItIsNow() {
    Supply supply = new Supply();
    bring(supply, 1000, 10);
    bring(supply, 16, 100_000);
    assertThat(supply.isAmple()).isFalse();
    bring(supply, 160, 10);
    assertThat(supply.isAmple()).isTrue();
  }

  private static void bring(Supply supply, int chunks, long micros) {
    for (int i = 0; i < chunks; i++) {
      supply.came(CHUNK, TimeUnit.MICROSECONDS.toNanos(micros));
    }
  }
}
