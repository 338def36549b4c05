package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.cli.FakeServer.Script;
import io.github.streamingserver.model.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code record} follows its recording through what servers and other clients do meanwhile. */
class RecordTest {
  private static final String END = "\"reason\": \"complete\", \"bytes\": 5000, \"sections\": 1";

  private final Shell shell = new Shell();
  private final BlockingQueue<JsonObject> started = new LinkedBlockingQueue<>();

  private int recorded(Script afterStart, String... more) throws Exception {
    return recorded(shell, afterStart, more);
  }

  /** Records with the id {@code mine} where {@code more} names no other. */
  private int recorded(Shell in, Script afterStart, String... more) throws Exception {
    Script script =
        client -> {
          started.add(client.greetUntilStart());
          afterStart.play(client);
        };
    try (FakeServer server = new FakeServer(script)) {
      List<String> words = new ArrayList<>(List.of("record"));
      words.addAll(List.of(more));
      if (!words.contains("--id")) {
        words.addAll(1, List.of("--id", "mine"));
      }
      words.add("http://host/a.m3u8");
      return in.run(server, words.toArray(String[]::new));
    }
  }

  @Test
  void tellsSectionsSparseProgressAndTheEnd() throws Exception {
    int code =
        recorded(
            client -> {
              client.broadcast("start", "mine", "\"section_index\": 0, \"rec_file\": \"/m/0.ts\"");
              for (int i = 1; i <= 11; i++) {
                client.broadcast("progress", "mine", "\"bytes\": " + i);
              }
              client.broadcast("start", "mine", "\"section_index\": 1, \"rec_file\": \"/m/1.ts\"");
              client.broadcast("stop", "mine", END);
            },
            "--dir=/m");
    assertThat(code).isZero();
    assertThat(shell.lines())
        .containsExactly(
            "recording mine to /m",
            "section 0 (unknown recorder): /m/0.ts",
            "1 B",
            "6 B",
            "11 B",
            "section 1 (unknown recorder): /m/1.ts",
            "complete (5.0 kB, 1 section)");
  }

  @Test
  void ignoresOtherRecordings() throws Exception {
    int code =
        recorded(
            client -> {
              client.broadcast("start", "other", "\"section_index\": 0");
              client.send("[\"stop\", {\"reason\": \"error\", \"command\": \"search\"}]");
              client.broadcast("stop", "other", "\"reason\": \"error\"");
              client.broadcast("progress", "other", "\"bytes\": 7");
              client.send("[\"dance\", {\"recording_id\": \"mine\"}]");
              client.broadcast("stop", "mine", END);
            },
            "--json");
    assertThat(code).isZero();
    assertThat(shell.lines())
        .containsExactly(
            "[\"stop\",{\"recording_id\":\"mine\",\"reason\":\"complete\",\"bytes\":5000,"
                + "\"sections\":1}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"recording_id\": \"mine\", \"command\": \"start\"",
        "\"command\": \"start\"",
        "\"recording_id\": \"mine\"",
        "\"channel\": \"\"",
      })
  void endsWithTheServersError(String about) throws Exception {
    int code =
        recorded(
            client ->
                client.send(
                    "[\"stop\", {\"reason\": \"error\", \"error_id\": \"busy\","
                        + " \"msg\": \"4 run\\u001b[2J\", "
                        + about
                        + "}]"));
    assertThat(code).isEqualTo(ExitCode.ERROR);
    assertThat(shell.err()).isEqualToNormalizingNewlines("error: busy: 4 run[2J\n");
  }

  @ParameterizedTest
  @CsvSource({"user,0", "complete,0", "error,3"})
  void tellsTheReasonByItsExitCode(String reason, int code) throws Exception {
    assertThat(
            recorded(
                client -> client.broadcast("stop", "mine", "\"reason\": \"%s\"".formatted(reason))))
        .isEqualTo(code);
  }

  @Test
  void noticesThatItIsReplaced() throws Exception {
    int code =
        recorded(
            client -> {
              client.broadcast("start", "mine", "\"section_index\": 0");
              client.broadcast("start", "mine", "\"section_index\": 1");
              client.broadcast("start", "mine", "\"section_index\": 0");
            });
    assertThat(code).isEqualTo(ExitCode.ERROR);
    assertThat(shell.err()).contains("failure", "another client replaced", "mine");
  }

  @Test
  void takesMessagesWithoutAnIdForTheDefaultSlots() throws Exception {
    int code =
        recorded(
            client -> client.send("[\"stop\", {\"reason\": \"complete\"}]"), "--id", "default");
    assertThat(code).isZero();
    assertThat(started.take().text("recording_id")).contains("default");
  }

  @Test
  void saysThatTheServerWentAway() throws Exception {
    int code =
        recorded(
            client -> {
              client.broadcast("progress", "mine", "\"bytes\": 1");
              client.hangUp();
            });
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("went away while recording 'mine'", "127.0.0.1:");
  }

  @Test
  void takesBackWhatIsNotAnsweredInTime() throws Exception {
    int code =
        recorded(
            client ->
                assertThat(client.expect("stop")).isEqualTo(JsonObject.of("recording_id", "mine")),
            "--timeout=0.2");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("no answer", "0.200 s");
  }

  @Test
  void hasNoLimitOnceItIsAccepted() throws Exception {
    int code =
        recorded(
            client -> {
              client.broadcast("progress", "mine", "\"bytes\": 1");
              client.quiet(Duration.ofMillis(400));
              client.broadcast("stop", "mine", END);
            },
            "--timeout=0.2");
    assertThat(code).isZero();
  }

  @Test
  void ctrlCStopsItAndWaitsForItsEnd() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                code.complete(
                    recorded(
                        client -> {
                          client.expect("stop");
                          client.broadcast("stop", "mine", "\"reason\": \"user\", \"bytes\": 9");
                        }));
              } catch (Exception e) {
                code.completeExceptionally(e);
              }
            });
    Runnable ctrlC = shell.ctrlC();
    started.take();
    ctrlC.run();
    assertThat(shell.out()).contains("stopped (9 B)");
    assertThat(code.join()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void drawsOverOneLineOnATerminal() throws Exception {
    Shell terminal = new Shell(new Screen(true, 60, false), Map.of());
    int code =
        recorded(
            terminal,
            client -> {
              client.broadcast("progress", "mine", "\"bytes\": 1, \"percent\": 10");
              client.broadcast("progress", "mine", "\"bytes\": 2, \"percent\": 90");
              client.broadcast("stop", "mine", END);
            });
    assertThat(code).isZero();
    assertThat(terminal.out())
        .contains("\r[--------]  10.0%  1 B\r[#######-]  90.0%  2 B")
        .doesNotContain("\u001b")
        .endsWith("complete (5.0 kB, 1 section)" + System.lineSeparator());
  }
}
