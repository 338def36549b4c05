package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.TestServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** streamctl as a person or a script meets it, against a real server and one that misbehaves. */
class StreamCtlTest {
  @TempDir static Path folder;

  /** Not the common pool: what waits for a socket would starve it. */
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private static Origin origin;
  private static TestServer server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    Media.mp4();
    Media.hls();
    origin = new Origin(Media.root());
    Path provider = Files.createDirectories(folder.resolve("providers/Shelf"));
    Files.writeString(
        provider.resolve("config.json"),
        """
        {"title": "A shelf", "items": [
          {"category": "Films", "title": "A moving picture", "url": "%s"},
          {"category": "Clips", "title": "Bad \\u001b[31mred", "url": "http://127.0.0.1/x"}]}
        """
            .formatted(origin.url("hls/index.m3u8")));
    server = TestServer.start(folder.resolve("providers"), "");
  }

  @AfterAll
  static void stop() {
    server.close();
    origin.close();
  }

  private int run(Interrupts interrupts, List<String> arguments) {
    Environment environment =
        new Environment(
            new PrintWriter(out),
            new PrintWriter(err),
            Map.of(),
            folder,
            Screen.NONE,
            InstantSource.system(),
            interrupts);
    return StreamCtl.run(environment, arguments.toArray(String[]::new));
  }

  private int run(int port, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--port", String.valueOf(port)));
    all.addAll(List.of(arguments));
    return run(_ -> () -> {}, all);
  }

  private int run(String... arguments) {
    return run(server.port(), arguments);
  }

  @Test
  void listsProvidersCategoriesAndItems() {
    assertThat(run("providers")).isZero();
    assertThat(out.toString()).contains("Shelf", "A shelf", "Direct");
    assertThat(run("categories", "Shelf")).isZero();
    assertThat(out.toString()).contains("Clips", "Films");
    assertThat(run("items", "Shelf", "films")).isZero();
    assertThat(out.toString()).contains("A moving picture", "hls/index.m3u8");
    assertThat(run("search", "Shelf", "moving")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void keepsTheTerminalSafeFromWhatASiteSends() {
    run("items", "Shelf", "Clips");
    assertThat(out.toString()).contains("red").doesNotContain("\u001b");
  }

  @Test
  void recordsToTheEnd() {
    Path target = folder.resolve("done");
    int code =
        run("record", "Shelf", origin.url("hls/index.m3u8").toString(), "--dir", target.toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("section 0 (hls_basic)", "complete");
    assertThat(target.resolve("stream_0.ts")).hasSameBinaryContentAs(Media.joined(Media.hls()));
  }

  @Test
  void printsTheServersMessagesForScripts() {
    String url = origin.url("mp4/video.mp4").toString();
    assertThat(run("--json", "record", url, "--dir", folder.resolve("json").toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.getFirst()).startsWith("[\"start\",{");
    assertThat(lines.getLast()).startsWith("[\"stop\",{\"reason\":\"complete\"");
  }

  @Test
  void tellsTheErrorIdOfARecordingThatFails() {
    origin.route("mp4/refused.mp4", _ -> Answer.status(403));
    int code = run("record", origin.url("mp4/refused.mp4").toString(), "--dir", folder.toString());
    assertThat(code).isEqualTo(ExitCode.ERROR);
    assertThat(err.toString()).startsWith("error: forbidden: ");
  }

  @Test
  void ctrlCStopsWhatItRecords() throws Exception {
    BlockingQueue<Runnable> ctrlC = new ArrayBlockingQueue<>(1);
    Interrupts interrupts =
        action -> {
          ctrlC.add(action);
          return () -> {};
        };
    origin.fail("hls/s7.ts", new Fault.StallAfter(1000));
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    interrupts,
                    List.of(
                        "--port",
                        String.valueOf(server.port()),
                        "record",
                        origin.url("hls/index.m3u8").toString(),
                        "--dir",
                        folder.resolve("interrupted").toString())),
            THREADS);
    Runnable action = ctrlC.take();
    org.awaitility.Awaitility.await()
        .until(() -> Files.exists(folder.resolve("interrupted/stream_0.ts")));
    action.run();
    assertThat(code.join()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dance",
        "record",
        "record ftp://host/a",
        "record http://host/a --quality 999p",
        "record http://host/a --duration soon",
        "record http://host/a --buffering 0",
        "record http://host/a --id ../x",
        "items Shelf",
        "items Shelf Nowhere",
        "categories",
        "status --page 3",
      })
  void saysWhatIsWrongWithTheArguments(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertThat(run(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString() + out).isNotEmpty();
  }

  @Test
  void saysWhereNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(run(free, "status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("127.0.0.1:" + free);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\u0000\u0000\u0000\u0003abc",
        "\u007f\u007f\u007f\u007f",
        "",
      })
  void saysThatAPeerIsNoStreamingServer(String bytes) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> peer =
          CompletableFuture.runAsync(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                  client.shutdownOutput();
                  client.getInputStream().readAllBytes();
                } catch (IOException _) {
                  // The client has seen enough.
                }
              },
              THREADS);
      assertThat(run(socket.getLocalPort(), "status")).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(err.toString()).startsWith("error: ");
      peer.join();
    }
  }

  @Test
  void saysThatTheServerWentAwayWhileRecording() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> peer =
          CompletableFuture.runAsync(
              () -> {
                try (Socket client = socket.accept()) {
                  DataInputStream in = new DataInputStream(client.getInputStream());
                  DataOutputStream to = new DataOutputStream(client.getOutputStream());
                  send(to, "[\"ready\",{}]");
                  String said = receive(in);
                  while (!said.startsWith("[\"start\"")) {
                    send(
                        to,
                        said.startsWith("[\"hello\"")
                            ? "[\"hello\",{\"version\":2}]"
                            : "[\"get_providers\",{\"data\":[]}]");
                    said = receive(in);
                  }
                  String id = said.replaceAll(".*\"recording_id\":\"([^\"]*)\".*", "$1");
                  send(to, "[\"start\",{\"recording_id\":\"" + id + "\",\"rec_file\":\"/tmp/x\"}]");
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              THREADS);
      int code = run(socket.getLocalPort(), "record", "http://host/a", "--dir", "/tmp/x");
      peer.join();
      assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(err.toString()).contains("went away while recording");
    }
  }

  private static void send(DataOutputStream to, String json) throws IOException {
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    to.writeInt(content.length);
    to.write(content);
    to.flush();
  }

  private static String receive(DataInputStream in) throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return new String(content, StandardCharsets.UTF_8);
  }
}
