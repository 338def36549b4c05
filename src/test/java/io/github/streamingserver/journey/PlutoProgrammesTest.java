package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PlutoOrigin;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel whose playlists end between two programmes. */
class PlutoProgrammesTest {
  private static final int LISTED = 3;
  private static final int SEGMENTS = 6;

  @TempDir Path folder;

  /** The next programme begins when the last segment of the one before is fetched. */
  private static void follow(LiveChannel channel, Origin origin) {
    if (origin.requests("hls/s" + (LISTED - 1) + ".ts").isEmpty()) {
      channel.afterLoad(it -> follow(it, origin));
    } else {
      channel.restart(0);
    }
  }

  @Test
  void aRecordingThatIsAskedForBetweenTwoProgrammesGoesOnWithTheNext() throws Exception {
    try (Origin origin = new Origin(Media.root())) {
      PlutoOrigin pluto =
          new PlutoOrigin(
              origin, 10, InstantSource.system(), PlutoOrigin.Validity.of(Duration.ofDays(1)));
      LiveChannel channel =
          new LiveChannel(LISTED, 1)
              .add(new Part(Media.hls(), 0, SEGMENTS).listed(origin.url("hls/")))
              .dated(Instant.EPOCH)
              .advance(LISTED)
              .end()
              .endAtLast()
              .afterLoad(it -> follow(it, origin));
      pluto.broadcast(2, channel);
      try (TestServer server =
              TestServer.start(
                  Path.of("providers").toAbsolutePath(),
                  Settings.FAST + "streamingserver.live.end-grace = 5 s\n" + pluto.settings());
          Client client = new Client(server.port(), Duration.ofMinutes(2))) {
        client.receive("ready");
        Recording recording = PlutoRecording.of(client, 2, folder.resolve("movie"));
        assertThat(recording.stop().text("recorder_id")).contains("hls_live");
        recording
            .assertComplete()
            .assertHolds(Media.joined(List.of(new Part(Media.hls(), 0, SEGMENTS))));
      }
    }
  }
}
