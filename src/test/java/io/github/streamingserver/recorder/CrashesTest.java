package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.recorder.Crashes.Comeback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which recordings are gone on with, and when. */
class CrashesTest {
  private static final RecordingId ID = RecordingId.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final Duration BUDGET = Duration.ofMinutes(5);

  private final Crashes crashes = new Crashes(BUDGET);

  private static Throwable bug() {
    return new IllegalStateException("a bug");
  }

  private static Throwable fault(String message) {
    return RecordingFile.failure(Path.of("/hdd/stream_0.ts"), new IOException(message));
  }

  private Optional<Duration> pause(Throwable cause, long bytes, long seconds) {
    return crashes
        .next(ID, cause, bytes, Optional.empty(), NOW.plusSeconds(seconds))
        .map(Comeback::pause);
  }

  @Test
  void aBugThatStrikesTwiceAtTheSamePlaceIsTheEnd() {
    Throwable bug = bug();
    assertThat(pause(bug, 10, 0)).contains(Duration.ofMillis(200));
    assertThat(pause(bug, 20, 1)).contains(Duration.ofMillis(400));
    assertThat(pause(bug, 20, 2)).isEmpty();
  }

  /** What it waits in all, of a clock that stands still. */
  private long waits(long bytes) {
    Duration all = Duration.ZERO;
    Optional<Duration> pause = pause(fault("Input/output error"), bytes, 0);
    while (pause.isPresent()) {
      all = all.plus(pause.get());
      pause = pause(fault("Read-only file system"), bytes, 0);
    }
    return all.toSeconds();
  }

  @Test
  void aDiskThatFailsHasTheTimeOfARecordingWithoutProgress() {
    assertThat(pause(fault("Read-only file system"), 10, 0)).contains(Duration.ofMillis(200));
    assertThat(pause(fault("Read-only file system"), 10, 0)).contains(Duration.ofMillis(400));
    assertThat(waits(10)).isBetween(295L, 305L);
  }

  @Test
  void thatTimeBeginsAnewWithAByteMore() {
    assertThat(waits(10)).isGreaterThan(295);
    assertThat(waits(11)).isGreaterThan(295);
  }

  @Test
  void norIsItOverAsAClockIsSet() {
    assertThat(pause(fault("Input/output error"), 10, 0)).isPresent();
    assertThat(pause(fault("Input/output error"), 10, 1L << 31)).isPresent();
  }

  @Test
  void aRecordingWithAnEndOfItsOwnWaitsForTheDiskUntilThen() {
    Throwable fault = fault("Input/output error");
    Optional<Instant> end = Optional.of(NOW.plus(Duration.ofHours(2)));
    assertThat(crashes.next(ID, fault, 10, end, NOW)).isPresent();
    assertThat(crashes.next(ID, fault, 10, end, NOW.plusSeconds(7199))).isPresent();
    assertThat(crashes.next(ID, fault, 10, end, NOW.plusSeconds(7200))).isEmpty();
  }

  @Test
  void pausesGrowToACapAndBeginAnewAfterAQuietMinute() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      last = pause(bug(), i, i).orElseThrow();
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(30));
    assertThat(pause(bug(), 100, 80)).contains(Duration.ofMillis(200));
    for (int i = 0; i < 20; i++) {
      last = pause(fault("Input/output error"), 100, 81 + i).orElseThrow();
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void countsHowOftenARecordingWasGoneOnWith() {
    Throwable bug = bug();
    crashes.restarted(ID);
    assertThat(pause(bug, 10, 0)).isPresent();
    assertThat(pause(bug, 10, 1)).isEmpty();
    assertThat(crashes.restarts(ID)).isEqualTo(2);
    crashes.forget(ID);
    assertThat(crashes.restarts(ID)).isZero();
    assertThat(pause(bug, 10, 2)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "Read-only file system, true, true",
    "Input/output error, true, true",
    "File too large, true, false",
    "File too large, false, true"
  })
  void aFileThatIsAsLongAsItCanBeHealsInTheNextOneAlone(
      String message, boolean sameFile, boolean heals) {
    assertThat(DiskFaultException.in(fault(message)).orElseThrow().mayHeal(sameFile))
        .isEqualTo(heals);
  }

  @ParameterizedTest
  @CsvSource({"No space left on device", "Disk quota exceeded"})
  void aFullDiskIsNoFault(String message) {
    assertThat(DiskFaultException.in(fault(message))).isEmpty();
  }
}
