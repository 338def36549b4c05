package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code record} asks the server for. */
class RecordCommandTest {
  private final Shell shell = new Shell();

  /** The arguments of the start that {@code words} make streamctl send. */
  private JsonObject asked(String words) throws Exception {
    BlockingQueue<JsonObject> started = new LinkedBlockingQueue<>();
    FakeServer.Script script =
        client -> {
          JsonObject start = client.greetUntilStart();
          started.add(start);
          client.broadcast(
              "stop", start.text("recording_id").orElseThrow(), "\"reason\": \"complete\"");
        };
    try (FakeServer server = new FakeServer(script)) {
      assertThat(shell.run(server, words.split(" ", -1))).as(shell.err()).isZero();
    }
    return started.take();
  }

  @Test
  void asksForWhatItsOptionsSay() throws Exception {
    String options =
        "--id mine --dir /media/x/../movie --quality 720P --buffering 3 --no-ads --duration 1h30m";
    JsonObject start = asked("record " + options + " shelf http://host/a.m3u8");
    assertThat(start.object("provider").orElseThrow().fields())
        .isEqualTo(Map.of("provider_id", "Shelf", "extra", List.of(1)));
    assertThat(start.fields())
        .containsEntry("url", "http://host/a.m3u8")
        .containsEntry("recording_id", "mine")
        .containsEntry("rec_dir", "/media/movie")
        .containsEntry("quality", "720p")
        .containsEntry("buffering", 3)
        .containsEntry("show_ads", false)
        .containsEntry("duration", 5400.0);
  }

  @Test
  void recordsWithDirectIntoANewFolderUnderANewName() throws Exception {
    JsonObject start = asked("record http://host/a");
    String id = start.text("recording_id").orElseThrow();
    assertThat(id).matches("recording-20261124-[0-9]{6}-[0-9a-f]{4}");
    assertThat(start.text("rec_dir")).contains(Shell.FOLDER.resolve(id).toString());
    assertThat(start.object("provider")).contains(JsonObject.of("provider_id", "Direct"));
    assertThat(start.fields()).containsEntry("show_ads", true).doesNotContainKey("duration");
  }

  @ParameterizedTest
  @CsvSource({"90,90", "0.5,0.5", "15m,900", "1h30m,5400", "1H1s,3601"})
  void readsDurations(String duration, double seconds) throws Exception {
    assertThat(asked("record --duration " + duration + " http://host/a").number("duration"))
        .contains(seconds);
  }
}
