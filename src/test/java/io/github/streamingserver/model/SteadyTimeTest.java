package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyTimeTest {
  private static final Instant BEGIN = Instant.parse("1970-01-01T00:10:00Z");

  /** The nanoseconds of a JVM begin anywhere, and may run over. */
  @ParameterizedTest
  @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1})
  void goesOnAsTheNanosecondsDo(long first) {
    long[] nanos = {first};
    SteadyTime time = new SteadyTime(BEGIN, () -> nanos[0]);
    assertThat(time.instant()).isEqualTo(BEGIN);
    nanos[0] += 90_000_000_001L;
    assertThat(time.instant()).isEqualTo(BEGIN.plusSeconds(90).plusNanos(1));
  }
}
