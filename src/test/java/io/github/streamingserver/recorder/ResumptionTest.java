package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long, and how often, a recording that broke off is tried. */
class ResumptionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final StreamFailure AWAY = new StreamFailure.Failed("the disk is away");
  private static final Resumption.Listener NOBODY =
      new Resumption.Listener() {
        @Override
        public void over(JournalEntry entry, Outcome outcome) {
          // Not of interest here.
        }

        @Override
        public void replaced(JournalEntry entry) {
          // Not of interest here.
        }
      };

  @TempDir private Path temporary;
  private Path folder;
  private AllowedRoots roots;
  private JournalEntry begun;

  @BeforeEach
  void layOut() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("disk/movie"));
    roots = new AllowedRoots("rec_dir", "recording.allowed-roots", List.of(temporary));
    begun =
        Writers.entry(
            HlsRun.source(RecorderId.HLS_LIVE, "720p"),
            "ts",
            folder,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Resumption of(JournalEntry entry) {
    return new Resumption(entry, PATIENCE, -1, NOBODY);
  }

  /** With ten bytes in section {@code section}. */
  private JournalEntry left(int section) {
    JournalEntry.Files file = begun.file().at(section, 10);
    return new JournalEntry(
        begun.request(),
        begun.began(),
        begun.saved(),
        folder,
        file,
        new Totals(10, 1, 2.0, 0, 0.0, section + 1),
        begun.point(),
        begun.version(),
        0);
  }

  @Test
  void aDiskIsLookedForEachSecondForAsLongAsARecordingWaits() {
    Resumption resumption = of(begun);
    Duration waited = Duration.ZERO;
    Optional<Duration> pause = resumption.tryFolderAgain(AWAY, NOW);
    while (pause.isPresent()) {
      assertThat(pause.get()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
      waited = waited.plus(pause.get());
      pause = resumption.tryFolderAgain(AWAY, NOW);
    }
    assertThat(waited).isEqualTo(PATIENCE);
  }

  @Test
  void aClockThatIsSetEndsNothing() {
    Resumption resumption = of(begun);
    assertThat(resumption.tryAgain(AWAY, NOW)).isPresent();
    assertThat(resumption.tryAgain(AWAY, NOW.plus(Duration.ofDays(20_000)))).isPresent();
    assertThat(resumption.tryFolderAgain(AWAY, NOW.minus(Duration.ofDays(20_000)))).isPresent();
  }

  @Test
  void oneWithAnEndOfItsOwnIsTriedUntilThen() {
    Instant end = NOW.plus(Duration.ofHours(3));
    Resumption resumption =
        of(
            new JournalEntry(
                begun.request().ending(end),
                begun.began(),
                begun.saved(),
                folder,
                begun.file(),
                Totals.NONE,
                begun.point(),
                begun.version(),
                0));
    for (int i = 0; i < 1000; i++) {
      assertThat(resumption.tryFolderAgain(AWAY, NOW)).isPresent();
    }
    assertThat(resumption.tryAgain(AWAY, end.minusMillis(300))).contains(Duration.ofMillis(300));
    assertThat(resumption.tryAgain(AWAY, end)).isEmpty();
  }

  @Test
  void whatTimeWillNotChangeIsNotTriedAgain() {
    StreamFailure failure = new StreamFailure.DrmProtected(DrmScheme.WIDEVINE);
    assertThat(of(begun).tryAgain(failure, NOW)).isEmpty();
  }

  @Test
  void theFolderIsNotMadeWhereItsDiskIsNotThere() throws IOException {
    Files.delete(folder);
    assertThat(of(begun).folder(roots)).isEqualTo(folder);
    Files.delete(temporary.resolve("disk"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(begun).folder(roots))
        .withMessageContaining("not there any more");
    assertThat(folder.getParent()).doesNotExist();
  }

  @Test
  void theLatestFileMustBeThere() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(left(3)).folder(roots))
        .withMessageContaining("stream_3.ts, which was being recorded, is not there any more");
    Files.writeString(folder.resolve("stream_3.ts"), "0123456789");
    assertThat(of(left(3)).folder(roots)).isEqualTo(folder);
  }
}
