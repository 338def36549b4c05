package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import java.nio.file.Path;
import org.apache.pekko.Done;
import org.apache.pekko.japi.function.Effect;
import org.junit.jupiter.api.Test;

/** Where stops, starts, crashes, and a disk or a journal that answers late meet in one slot. */
class SlotRacesTest extends SupervisorRun {
  private void await(Effect assertion) {
    var _ =
        events.awaitAssert(
            PATIENCE,
            () -> {
              assertion.apply();
              return Done.getInstance();
            });
  }

  /** The stream of a recording into {@code folder} has let go of its files. */
  private void awaitClosed(Path folder) {
    await(() -> assertThat(FoldersInUse.ALL.unlessUsed(folder, () -> 1)).isEqualTo(1));
  }

  /** The end of a recording that was stopped and can't end; it may know more than it has told. */
  private void expectOverdue(Path folder) {
    Ended ended = expectEnd();
    assertThat(ended.recording().folder()).isEqualTo(folder);
    assertThat(ended.outcome()).isEqualTo(new Outcome.ByUser());
  }

  @Test
  void whatAStoppedRecordingBringsToItsDiskLaterIsInNoJournal() {
    record("a", folder, segment().concat(hanging()));
    hangs.join();
    stop("a");
    expectOverdue(folder);
    await(() -> assertThat(journal()).isEmpty());
    disk.complete(null);
    awaitClosed(folder);
    assertThat(journal()).isEmpty();
  }
}
