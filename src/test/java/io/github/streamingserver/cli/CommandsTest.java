package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.cli.FakeServer.Script;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.MalformedMessageException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other commands send, and what they make of answers good and bad. */
class CommandsTest {
  private final Shell shell = new Shell();

  private int run(Script script, String words) throws Exception {
    try (FakeServer server = new FakeServer(script)) {
      return shell.run(server, words.split(" ", -1));
    }
  }

  /** Answers a status request with {@code data}, an array. */
  private static Script status(String data) {
    return client -> {
      client.greet();
      client.expect("status");
      client.send("[\"status\", {\"data\": " + data + "}]");
    };
  }

  /** Lists the provider Shelf and these categories. */
  private static void list(FakeServer.Peer client, String categories)
      throws IOException, MalformedMessageException {
    client.greet();
    client.expect("get_providers");
    client.send("[\"get_providers\", {\"data\": [{\"provider_id\": \"Shelf\", \"x\": [1]}]}]");
    client.expect("get_categories");
    client.send("[\"get_categories\", {\"data\": " + categories + "}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json status", "status --json"})
  void takesOptionsBeforeAndAfterTheCommand(String words) throws Exception {
    assertThat(run(status("[{\"recording_id\": \"a\\u009b\"}]"), words)).isZero();
    assertThat(shell.lines())
        .containsExactly("[\"status\",{\"data\":[{\"recording_id\":\"a\\u009b\"}]}]");
  }

  @Test
  void showsRecordings() throws Exception {
    String data =
        """
        [{"recording_id": "r", "state": "recording", "url": "http://h/a", "rec_dir": "/m",
          "recorder_id": "hls_live", "bytes": 1500, "segments": 3, "lost_segments": 1,
          "sections": 2, "media_seconds": 61}, {"odd": true}]\
        """;
    assertThat(run(status(data), "status")).isZero();
    assertThat(shell.lines())
        .startsWith(
            "ID  STATE      RECORDER    SIZE  VIDEO  SEGMENTS  LOST  SECTIONS  FOLDER  URL",
            "r   recording  hls_live  1.5 kB   1:01  3         1     2         /m      http://h/a");
  }

  @Test
  void skipsBroadcastsWhileItWaits() throws Exception {
    int code =
        run(
            client -> {
              client.greet();
              client.broadcast("stop", "r", "\"reason\": \"error\"");
              client.broadcast("progress", "r", "\"bytes\": 1");
              client.send("[\"status\", {\"data\": []}]");
            },
            "status");
    assertThat(code).isZero();
    assertThat(shell.err()).contains("There are none.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"News", "http://h/news"})
  void sendsProviderAndCategoryBackWhole(String category) throws Exception {
    int code =
        run(
            client -> {
              client.greet();
              client.expect("get_providers");
              client.send("[\"get_providers\", {\"data\": [{\"provider_id\": \"S\", \"x\": 1}]}]");
              client.expect("get_categories");
              client.send(
                  """
                  ["get_categories", {"data": [{"name": "NEWS"},
                    {"name": "News", "url": "http://h/news", "y": {"z": null}}]}]\
                  """);
              JsonObject args = client.expect("get_media_items");
              assertThat(args.object("provider").orElseThrow().fields()).containsEntry("x", 1);
              assertThat(args.object("category").orElseThrow().fields())
                  .containsOnlyKeys("name", "url", "y");
              assertThat(args.fields()).containsEntry("page", 2).containsEntry("limit", 50);
              client.send("[\"get_media_items\", {\"data\": [{\"name\": \"An item\"}]}]");
            },
            "items s " + category + " --page 2 --limit 50");
    assertThat(code).as(shell.err()).isZero();
    assertThat(shell.out()).contains("An item");
  }

  @ParameterizedTest
  @CsvSource({
    "there is no category 'X', '[{\"name\": \"A\"}]', There are: A",
    "there is no category 'X', '[]', There are: none",
    "more than one category, '[{\"name\": \"X\", \"url\": \"u1\"}, {\"name\": \"X\", \"url\":"
        + " \"u2\"}]', 'u1, u2'",
  })
  void tellsWhichCategoriesThereAre(String problem, String categories, String named)
      throws Exception {
    assertThat(run(client -> list(client, categories), "items Shelf X")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains(problem, named);
  }

  @Test
  void stopsWhatRuns() throws Exception {
    int code =
        run(
            client -> {
              status("[{\"recording_id\": \"other\"}, {\"recording_id\": \"r\"}]").play(client);
              assertThat(client.expect("stop")).isEqualTo(JsonObject.of("recording_id", "r"));
              client.broadcast("stop", "other", "\"reason\": \"complete\"");
              client.broadcast("stop", "r", "\"reason\": \"user\", \"bytes\": 3");
            },
            "stop r");
    assertThat(code).isZero();
    assertThat(shell.lines()).containsExactly("r: stopped (3 B)");
  }

  @Test
  void saysThatThereIsNothingToStop() throws Exception {
    assertThat(run(status("[{\"recording_id\": \"other\"}]"), "stop")).isEqualTo(ExitCode.ERROR);
    assertThat(shell.err()).contains("there is no recording 'default'");
  }

  @Test
  void watchesUntilTheServerGoes() throws Exception {
    int code =
        run(
            client -> {
              client.greet();
              client.broadcast(
                  "start", "a", "\"rec_file\": \"/m\\u001b[1m\", \"section_index\": 0");
              client.broadcast("progress", "b", "\"bytes\": 1, \"lost_segments\": 0");
              client.broadcast(
                  "stop", "a", "\"reason\": \"error\", \"error_id\": \"busy\", \"msg\": \"m\"");
              client.hangUp();
            },
            "watch");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.lines())
        .containsExactly(
            "start     a  section 0 (unknown recorder): /m[1m",
            "progress  b  1 B  0 lost",
            "stop      a  error  busy: m");
  }

  @Test
  void tellsItsVersion() {
    assertThat(shell.run("--version")).isZero();
    assertThat(shell.out()).startsWith("streamctl ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port 0", "--port x", "--timeout 0", "--timeout NaN", "--host="})
  void refusesOptionsOutOfRange(String option) {
    assertThat(shell.run(("status " + option).split(" ", -1))).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).startsWith("error: ").doesNotContain("Exception");
  }
}
