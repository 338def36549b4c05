package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyTest {
  private static final int CHUNK = 128 << 10;

  @ParameterizedTest
  @CsvSource({"0, false", "1000, false", "7000, false", "9000, true", "1000000, true"})
  void isScarceUnlessChunksComeFasterThanAnyStreamNeeds(long micros, boolean scarce) {
    Supply supply = new Supply();
    bring(supply, 30, micros);
    assertThat(supply.isScarce()).isEqualTo(scarce);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "0, 31, false", "0, 32, true", "1, 31, false", "1, 32, true"})
  void isNotScarceBeforeTheWaitingTells(int chunks, long millis, boolean scarce) {
    Supply supply = new Supply();
    bring(supply, chunks, 0);
    supply.came(0, TimeUnit.MILLISECONDS.toNanos(millis));
    assertThat(supply.isScarce()).isEqualTo(scarce);
  }

  @Test
  void whatBringsNothingAnyMoreIsScarce() {
    Supply supply = new Supply();
    bring(supply, 1000, 10);
    supply.came(0, TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(supply.isScarce()).isTrue();
  }

  @Test
  void aNetworkThatChangesIsJudgedByHowItIsNow() {
    Supply supply = new Supply();
    bring(supply, 1000, 10);
    bring(supply, 16, 100_000);
    assertThat(supply.isScarce()).isTrue();
    bring(supply, 160, 10);
    assertThat(supply.isScarce()).isFalse();
  }

  private static void bring(Supply supply, int chunks, long micros) {
    for (int i = 0; i < chunks; i++) {
      supply.came(CHUNK, TimeUnit.MICROSECONDS.toNanos(micros));
    }
  }
}
