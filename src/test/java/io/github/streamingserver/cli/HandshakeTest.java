package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.cli.FakeServer.Script;
import io.github.streamingserver.model.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How streamctl introduces itself, and what it says of peers that are no StreamingServer. */
class HandshakeTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("STREAMINGSERVER_TOKEN", "secret");

  private final Shell shell = new Shell();

  private int run(Script script, String words) throws Exception {
    return run(shell, script, words);
  }

  private static int run(Shell in, Script script, String words) throws Exception {
    try (FakeServer server = new FakeServer(script)) {
      return in.run(server, words.split(" ", -1));
    }
  }

  @ParameterizedTest
  @CsvSource({"status,secret", "--token other status,other", "status --token other,other"})
  void sendsTheToken(String words, String token) throws Exception {
    Shell in = new Shell(Screen.NONE, ENVIRONMENT);
    BlockingQueue<JsonObject> hello = new LinkedBlockingQueue<>();
    Script script =
        client -> {
          hello.add(client.greet());
          client.expect("status");
          client.send("[\"status\", {}]");
        };
    assertThat(run(in, script, words)).isZero();
    assertThat(hello.take().fields())
        .isEqualTo(Map.of("version", 2, "token", token, "events", List.of("progress")));
  }

  @Test
  void tellsThatTheTokenIsWrong() throws Exception {
    int code =
        run(
            client -> {
              client.send("[\"ready\"]");
              client.expect("hello");
              client.send(
                  """
                  ["stop", {"reason": "error", "error_id": "forbidden", "msg": "wrong token",
                            "command": "hello"}]\
                  """);
            },
            "status");
    assertThat(code).isEqualTo(ExitCode.ERROR);
    assertThat(shell.err()).contains("forbidden: wrong token");
  }

  @Test
  void refusesAFrameThatIsTooLong() throws Exception {
    int code =
        run(
            client -> {
              client.greet();
              client.raw((byte) 0x10, (byte) 0, (byte) 0, (byte) 1);
            },
            "status");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("a frame of 268435457 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "[\"dance\"],'began with ''dance'''",
    "[],does not speak",
    "{\"ready\": 1},does not speak",
    "[\"ready\",does not speak",
  })
  void refusesAnotherGreeting(String greeting, String told) throws Exception {
    assertThat(run(client -> client.send(greeting), "status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains(told, "127.0.0.1:");
  }

  @Test
  void saysThatAFrameWasCutOff() throws Exception {
    int code =
        run(
            client -> {
              client.raw((byte) 0, (byte) 0, (byte) 0, (byte) 9, (byte) '[');
              client.hangUp();
            },
            "status");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("is lost: it closed the connection");
  }

  @Test
  void waitsForAnAnswerNoLongerThanItMay() throws Exception {
    assertThat(run(FakeServer.Peer::greet, "status --timeout 0.2")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("no answer from 127.0.0.1:", "within 0.200 s");
  }
}
