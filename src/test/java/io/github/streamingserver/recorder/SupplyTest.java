package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyTest {
  private static final int CHUNK = 128 << 10;
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"0, false", "1000, false", "31000, false", "32000, true", "1000000, true"})
  void isScarceUnlessChunksComeFasterThanStreamsNeed(long micros, boolean scarce) {
    Supply supply = new Supply();
    bring(supply, 30, micros);
    assertThat(supply.isScarce()).isEqualTo(scarce);
  }

  @ParameterizedTest
  @CsvSource({
    // bytes of a part, its seconds, milliseconds to wait for each chunk
    "1048576, 4, 124, false",
    "1048576, 4, 126, true",
    "1048576, 8, 249, false",
    "1048576, 8, 251, true",
    // At most streams' rates less is ample: here 2 MiB a second and more,
    "10485760, 5, 31, false",
    "10485760, 5, 32, true",
    // but never less than the stream needs: here 8 MiB a second.
    "41943040, 5, 10, false",
    "41943040, 5, 11, true",
    // Where nobody knows the stream's rate, that must do.
    "1048576, 0, 31, false",
    "1048576, 0, 32, true",
    "0, 4, 31, false",
    "0, 4, 32, true",
  })
  void isAmpleAtFourTimesTheRateOfTheStream(
      long bytes, double seconds, long millis, boolean scarce) {
    Supply supply = new Supply();
    supply.part(bytes, seconds);
    bring(supply, 30, TimeUnit.MILLISECONDS.toMicros(millis));
    assertThat(supply.isScarce()).isEqualTo(scarce);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "0, 100, false", "0, 101, true", "1, 100, false", "1, 101, true"})
  void isNotScarceBeforeTheWaitingTells(int chunks, long millis, boolean scarce) {
    Supply supply = new Supply();
    bring(supply, chunks, 0);
    supply.came(0, TimeUnit.MILLISECONDS.toNanos(millis));
    assertThat(supply.isScarce()).isEqualTo(scarce);
  }

  @ParameterizedTest
  @CsvSource({"1", "100", "10000"})
  void whatBringsNothingAnyMoreIsScarceSoonHoweverSlowTheStream(double seconds) {
    Supply supply = new Supply();
    supply.part(MIB, seconds);
    bring(supply, 1000, 10);
    supply.came(0, TimeUnit.MILLISECONDS.toNanos(250));
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
