package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.RecorderId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine is set while it records, as it is once the network is there. */
class ClockSetTest {
  private final HlsRun run = new HlsRun();

  @BeforeEach
  void record() {
    run.channel("720p", "a");
    run.segments("a", 90, 300);
    run.start(HlsRun.source(RecorderId.HLS_LIVE, "720p"));
    run.pass(30);
  }

  @AfterEach
  void close() {
    run.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {20_000, -20_000})
  void nothingIsLostInAShortOutage(long days) {
    run.origin.down(true);
    run.pass(5);
    run.setClock(Duration.ofDays(days));
    run.pass(5);
    run.origin.down(false);
    run.pass(60);
    assertThat(run.failure()).isEmpty();
    run.assertThatNothingIsMissing();
  }

  @ParameterizedTest
  @ValueSource(longs = {20_000, -20_000})
  void whatLeftTheWindowIsCounted(long days) {
    run.origin.down(true);
    run.setClock(Duration.ofDays(days));
    run.pass(120);
    run.origin.down(false);
    run.pass(60);
    assertThat(run.failure()).isEmpty();
    assertThat(run.missed() + run.lost().size()).isPositive();
    assertThat(run.whole().size() + run.missed() + run.lost().size())
        .isEqualTo(run.whole().getLast() - 95);
  }

  @Test
  void anOutageIsNotWaitedOutForEver() {
    run.origin.down(true);
    run.setClock(Duration.ofDays(-20_000));
    run.pass((int) HlsRun.SETTINGS.recording().retryBudget().toSeconds() + 60);
    assertThat(run.failure()).isPresent();
  }
}
