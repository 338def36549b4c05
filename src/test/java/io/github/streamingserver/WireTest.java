package io.github.streamingserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames and sessions against a running server, over real sockets. */
class WireTest {
  private static final JsonObject NONE = JsonObject.empty();

  @TempDir Path folder;

  private final List<TestServer> servers = new ArrayList<>();

  private void start(String settings) throws Exception {
    servers.add(TestServer.start(folder, settings));
  }

  @BeforeEach
  void nothingYet() throws Exception {
    Files.createDirectories(folder.resolve("Broken"));
    Files.writeString(folder.resolve("Broken/config.json"), "{\n\"title\": oops}");
  }

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  private Client connect() throws Exception {
    Client client = new Client(servers.getLast().port());
    assertThat(client.receive().command()).isEqualTo("ready");
    return client;
  }

  private static void assertServed(Client client) throws Exception {
    client.send("get_providers", JsonObject.of("data_dir", "/tmp/data"));
    JsonObject reply = client.receive("get_providers");
    assertThat(reply.objects("data"))
        .extracting(provider -> provider.text("provider_id").orElse(""))
        .containsExactly("Direct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "42", "[42]", "[null]", "{\"a\":1}", "\u0000", "[\"start\", 1]"})
  void answersABrokenFrameAndKeepsTheConnection(String content) throws Exception {
    start("");
    try (Client client = connect()) {
      client.sendFrame(content.getBytes(UTF_8));
      JsonObject reply = client.receive("stop");
      assertThat(reply.text("error_id")).contains("failure");
      assertThat(reply.text("msg").orElse("")).startsWith("Bad frame: ");
      assertServed(client);
    }
  }

  @Test
  void answersFramesThatAreNoUtf8AndNestedTooDeep() throws Exception {
    start("");
    try (Client client = connect()) {
      client.sendFrame(new byte[] {'[', '"', (byte) 0xff, '"', ']'});
      assertThat(client.receive("stop").text("msg").orElse("")).startsWith("Bad frame: ");
      client.sendFrame(("[\"a\"," + "[".repeat(100_000)).getBytes(UTF_8));
      assertThat(client.receive("stop").text("msg").orElse("")).startsWith("Bad frame: ");
      assertServed(client);
    }
  }

  @Test
  void skipsAFrameThatIsTooLongAndStaysInStep() throws Exception {
    start("streamingserver.tcp.max-message-size = 1 MiB");
    try (Client client = connect()) {
      client.sendFrame(new byte[(1 << 20) + 1]);
      assertThat(client.receive("stop").text("msg").orElse("")).contains("1048577");
      assertServed(client);
    }
  }

  @Test
  void ignoresAnUnknownCommand() throws Exception {
    start("");
    try (Client client = connect()) {
      client.send("dance", NONE);
      assertServed(client);
    }
  }

  @Test
  void namesTheArgumentThatIsWrong() throws Exception {
    start("");
    try (Client client = connect()) {
      client.send("get_categories", JsonObject.of("provider", Map.of("provider_id", "../etc")));
      JsonObject reply = client.receive("stop");
      assertThat(reply.text("command")).contains("get_categories");
      assertThat(reply.text("msg").orElse("")).contains("provider_id");
      client.send("get_categories", JsonObject.of("provider", Map.of("provider_id", "Broken")));
      assertThat(client.receive("stop").text("msg").orElse("")).contains("config.json, line 2");
      client.send(
          "get_categories",
          JsonObject.of("provider", Map.of("provider_id", "Direct")).with("data_dir", "/etc/x"));
      assertThat(client.receive("stop").text("msg").orElse("")).contains("data_dir /etc/x");
    }
  }

  @Test
  void answersWhatWasAskedBeforeTheClientStoppedSending() throws Exception {
    start("");
    try (Client client = connect()) {
      client.send("get_providers", NONE);
      client.send("recorder_types", NONE);
      client.send("status", NONE);
      client.endSending();
      List<String> commands = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        commands.add(client.receive().command());
      }
      assertThat(commands).containsExactlyInAnyOrder("get_providers", "recorder_types", "status");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void answersRequestsToBrowseInTheirOrder() throws Exception {
    start("");
    try (Client client = connect()) {
      for (int i = 0; i < 50; i++) {
        client.send("get_providers", NONE);
        client.send(
            "search", JsonObject.of("provider", Map.of("provider_id", "Direct")).with("term", "x"));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(client.receive().command()).isEqualTo("get_providers");
        assertThat(client.receive().command()).isEqualTo("search");
      }
    }
  }

  @Test
  void saysHelloAndTellsTheRecorders() throws Exception {
    start("");
    try (Client client = connect()) {
      client.send("hello", JsonObject.of("version", 2));
      JsonObject hello = client.receive("hello");
      assertThat(hello.number("version")).contains(2.0);
      assertThat(hello.toString()).contains("get_media_items", "search");
      client.send("recorder_types", NONE);
      assertThat(client.receive("recorder_types").fields().get("data"))
          .isEqualTo(List.of("mp4", "hls_basic", "hls_live", "hls_m4s"));
    }
  }

  @Test
  void letsNobodyInWithoutTheToken() throws Exception {
    start("streamingserver.security.token = sesame");
    try (Client client = connect()) {
      client.send("get_providers", NONE);
      assertThat(client.receive("stop").text("error_id")).contains("forbidden");
      client.send("hello", JsonObject.of("version", 2).with("token", "sesam"));
      assertThat(client.receive("stop").text("error_id")).contains("forbidden");
      client.send("hello", JsonObject.of("version", 2).with("token", "sesame"));
      client.receive("hello");
      assertServed(client);
    }
  }

  @Test
  void servesOthersWhileManyHaveHalfSentLargeFrames() throws Exception {
    start("streamingserver.tcp { inbound-budget = 1 MiB, inbound-hold = 200 ms }");
    List<Client> flooding = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Client client = connect();
      flooding.add(client);
      try {
        client.sendRaw(ByteBuffer.allocate(4).putInt(100 << 20).array());
        client.sendRaw(new byte[512 << 10]);
      } catch (java.io.IOException _) {
        // Closed before it had sent all: as it should be.
      }
    }
    try (Client client = connect()) {
      assertServed(client);
    }
    long closed = 0;
    for (Client client : flooding.subList(3, 10)) {
      closed += client.isEnded() ? 1 : 0;
    }
    assertThat(closed).isEqualTo(7);
    for (Client client : flooding) {
      client.close();
    }
  }

  @Test
  void dropsAloneAClientThatDoesNotRead() throws Exception {
    start(
        "streamingserver.tcp { write-timeout = 300 ms, outbound-messages = 8 }\n"
            + "streamingserver.tcp.requests-per-second = 1000000");
    try (Client deaf = connect();
        Client other = connect()) {
      byte[] flood = requests(1000);
      try {
        for (int i = 0; i < 2000; i++) {
          deaf.sendRaw(flood);
        }
        assertThat(false).as("a client that never reads could send for ever").isTrue();
      } catch (java.io.IOException _) {
        // Disconnected.
      }
      assertServed(other);
    }
  }

  @Test
  void closesClientsThatDoNotReadWhileOthersWait() throws Exception {
    start(
        "streamingserver.tcp { outbound-writes = 4, write-timeout = 1 h }\n"
            + "streamingserver.tcp.requests-per-second = 1000000");
    List<Client> deaf = new ArrayList<>();
    CountDownLatch closed = new CountDownLatch(8);
    byte[] flood = requests(3000);
    for (int i = 0; i < 12; i++) {
      Client client = new Client(small(), Duration.ofSeconds(60));
      deaf.add(client);
      Thread.ofVirtual()
          .start(
              () -> {
                sendUntilClosed(client, flood);
                closed.countDown();
              });
    }
    closed.await();
    try (Client other = connect()) {
      assertServed(other);
    }
    for (Client client : deaf) {
      client.close();
    }
  }

  /** A connection of which the system keeps little for who doesn't read. */
  private Socket small() throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), servers.getLast().port()));
    return socket;
  }

  private static void sendUntilClosed(Client client, byte[] bytes) {
    try {
      while (true) {
        client.sendRaw(bytes);
      }
    } catch (java.io.IOException _) {
      // Disconnected.
    }
  }

  private static byte[] requests(int count) {
    byte[] request = "[\"get_providers\",{}]".getBytes(UTF_8);
    ByteBuffer flood = ByteBuffer.allocate((request.length + Integer.BYTES) * count);
    while (flood.hasRemaining()) {
      flood.putInt(request.length).put(request);
    }
    return flood.array();
  }
}
