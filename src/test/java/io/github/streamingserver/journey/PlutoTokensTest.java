package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PlutoOrigin;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that expire as time goes, with the server's settings as they are. */
class PlutoTokensTest {
  private static final Duration VALIDITY = Duration.ofSeconds(8);
  private static final Duration REFRESH = Duration.ofSeconds(3);
  private static final int LISTED = 3;
  private static final int SEGMENTS = 10;

  @TempDir Path folder;

  /** One more segment at a load, of the last ones only once as many tokens have expired. */
  private static void advance(LiveChannel channel, PlutoOrigin pluto) {
    long expired = pluto.expired();
    int held = expired >= 2 ? 0 : expired == 1 ? 2 : 4;
    if (channel.coming() > held) {
      channel.advance(1);
    }
    channel.afterLoad(it -> advance(it, pluto));
  }

  @Test
  void noTokenIsUsedUntilItExpires() throws Exception {
    try (Origin origin = new Origin(Media.root())) {
      PlutoOrigin pluto =
          new PlutoOrigin(
              origin, 10, InstantSource.system(), PlutoOrigin.Validity.of(VALIDITY, REFRESH));
      LiveChannel channel =
          new LiveChannel(5, 1)
              .add(new Part(Media.hls(), 0, SEGMENTS).listed(origin.url("hls/")))
              .advance(LISTED)
              .endAtLast()
              .afterLoad(it -> advance(it, pluto));
      pluto.broadcast(2, channel);
      try (TestServer server =
              TestServer.start(
                  Path.of("providers").toAbsolutePath(),
                  Settings.FAST + "streamingserver.live.end-grace = 1200 ms\n" + pluto.settings());
          Client client = new Client(server.port(), Duration.ofMinutes(2))) {
        client.receive("ready");
        PlutoRecording.of(client, 2, folder.resolve("movie"))
            .assertComplete()
            .assertHolds(Media.joined(Media.hls()));
      }
      assertThat(pluto.expired()).isGreaterThanOrEqualTo(2);
      assertThat(pluto.sessions()).isGreaterThanOrEqualTo(3);
      assertThat(pluto.refused()).isZero();
    }
  }
}
