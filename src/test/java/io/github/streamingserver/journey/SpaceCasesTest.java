package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a disk that has less free than the owner wants. */
class SpaceCasesTest {
  @RegisterExtension
  private final Journey journey =
      new Journey(Settings.FAST + "streamingserver.recording.min-free-space = 4000 PiB");

  @Test
  void aRecordingEndsWithDiskFull() throws Exception {
    Recording recording = journey.record(Media.root().relativize(Media.mp4()).toString());
    assertThat(recording.stop().text("error_id")).contains("disk_full");
    assertThat(recording.stop().text("msg").orElse("")).contains("recording.min-free-space");
  }
}
