package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.ServerLog;
import io.github.streamingserver.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of who may come in, with the attack that it stops, over real sockets. */
class WayInTest {
  private static final JsonObject NONE = JsonObject.empty();
  private static final int MANY = 2000;

  @TempDir Path folder;

  private final ServerLog log = new ServerLog();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    log.close();
  }

  private TestServer start(String settings) throws Exception {
    TestServer server = TestServer.start(folder, "streamingserver { " + settings + " }");
    open.addFirst(server);
    return server;
  }

  private Client connect(TestServer server) throws Exception {
    Client client = new Client(server.port(), Duration.ofSeconds(60));
    open.addFirst(client);
    return client;
  }

  private Client greeted(TestServer server) throws Exception {
    Client client = connect(server);
    assertThat(client.receive().command()).isEqualTo("ready");
    return client;
  }

  private static Message hello(Client client, String token) throws Exception {
    client.send("hello", JsonObject.of("version", 2).with("token", token));
    return client.receive();
  }

  private static void assertServed(Client client) throws Exception {
    client.send("recorder_types", NONE);
    client.receive("recorder_types");
  }

  @Test
  void closesAPeerFromAnotherNetworkBeforeItIsReady() throws Exception {
    TestServer server = start("security.allowed-networks = [\"10.0.0.0/8\"]");
    for (int i = 0; i < 5; i++) {
      assertThat(connect(server).isEnded()).isTrue();
    }
    assertThat(log.lines("is refused"))
        .containsExactly(
            "Client [127.0.0.1] is refused: it is in none of security.allowed-networks");
    assertThat(log.lines("connected")).isEmpty();
  }

  @Test
  void letsLoopbackInWhereNothingIsSet() throws Exception {
    assertServed(greeted(start("")));
  }

  @Test
  void stopsToLookAtTokensOfWhoGuesses() throws Exception {
    TestServer server =
        start("security { token = open-sesame, wrong-tokens = 5, token-hold = 1 hour }");
    Client inside = greeted(server);
    assertThat(hello(inside, "open-sesame").command()).isEqualTo("hello");
    for (int i = 0; i < 5; i++) {
      assertThat(hello(greeted(server), "guess-" + i).args().text("msg"))
          .contains("The token is wrong");
    }
    Message held = hello(greeted(server), "open-sesame");
    assertThat(held.args().text("error_id")).contains("forbidden");
    assertThat(held.args().text("msg").orElse("")).startsWith("Too many wrong tokens");
    assertServed(inside);
    assertThat(log.lines("wrong tokens")).hasSize(1);
    assertThat(log.lines()).noneMatch(line -> line.contains("sesame") || line.contains("guess"));
  }

  @Test
  void aGuesserWhoWaitedIsLookedAtAgain() throws Exception {
    TestServer server = start("security { token = sesame, wrong-tokens = 1, token-hold = 300 ms }");
    Client client = greeted(server);
    assertThat(hello(client, "guess").command()).isEqualTo("stop");
    String answer = hello(client, "sesame").command();
    while (!answer.equals("hello")) {
      answer = hello(client, "sesame").command();
    }
    assertServed(client);
  }

  @Test
  void closesWhoHoldsAConnectionWithoutTheToken() throws Exception {
    TestServer server = start("security { token = sesame, hello-timeout = 1 s }");
    Client guest = greeted(server);
    assertThat(hello(guest, "sesame").command()).isEqualTo("hello");
    Client silent = greeted(server);
    Client busy = greeted(server);
    busy.send("status", NONE);
    assertThat(silent.isEnded()).isTrue();
    assertThat(busy.receive("stop").text("error_id")).contains("forbidden");
    assertThat(busy.isEnded()).isTrue();
    log.await("it didn't say the token within security.hello-timeout");
    assertServed(guest);
  }

  @Test
  void closesWhoBeginsAMessageAndDribbles() throws Exception {
    TestServer server = start("tcp.frame-timeout = 500 ms");
    List<Client> half = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Client client = greeted(server);
      client.sendRaw(ByteBuffer.allocate(5).putInt(1000).put((byte) '[').array());
      half.add(client);
    }
    Client listener = greeted(server);
    for (Client client : half) {
      assertThat(client.isEnded()).isTrue();
    }
    log.await("it began a message and sent nothing more for tcp.frame-timeout");
    assertServed(listener);
  }

  /** What is waiting between the socket and the session when a client breaks off is given back. */
  @Test
  void getsBackTheMemoryOfMessagesWhoseClientBrokeOff() throws Exception {
    TestServer server =
        start(
            "tcp { inbound-budget = 2 MiB, inbound-hold = 20 s, inbound-allowance = 1 KiB,"
                + " requests-per-second = 1 }");
    byte[] message = ("[\"status\", {\"x\": \"" + "x".repeat(200 << 10) + "\"}]").getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      // Closing is a reset then: what is on its way is lost.
      socket.setSoLinger(true, 0);
      try (Client client = new Client(socket, Duration.ofSeconds(60))) {
        for (int n = 0; n < 4; n++) {
          client.sendFrame(message);
        }
        client.receive("status");
      }
    }
    assertServed(greeted(server));
    Client last = greeted(server);
    last.sendFrame(message);
    assertThat(last.receive().command()).isEqualTo("status");
  }

  @Test
  void readsAFastClientNoFasterThanItMayAndLosesNothing() throws Exception {
    TestServer server = start("tcp.requests-per-second = 20");
    Client fast = greeted(server);
    Client other = greeted(server);
    long begin = System.nanoTime();
    for (int i = 0; i < 60; i++) {
      fast.send("recorder_types", NONE);
    }
    assertServed(other);
    for (int i = 0; i < 60; i++) {
      assertThat(fast.receive().command()).isEqualTo("recorder_types");
    }
    // 20 at once, 40 more at 20 a second.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1500));
  }

  @Test
  void aWebPageThatPostsHereReachesNoCommand() throws Exception {
    TestServer server = start("");
    Client page = greeted(server);
    page.sendRaw(
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n\r\n"
                + "\0\0\0\16[\"status\", {}]")
            .getBytes(UTF_8));
    page.endSending();
    assertThat(page.receive().args().text("msg").orElse("")).contains("is longer than");
    assertThat(page.isEnded()).isTrue();
    assertThat(log.lines("Request [")).isEmpty();
  }

  @Test
  void letsTwoThousandInFromOneAddressAndNoMore() throws Exception {
    TestServer server = start("");
    for (int i = 0; i < MANY; i++) {
      greeted(server);
    }
    try (Client tooMany = connect(server)) {
      assertThat(tooMany.isEnded()).isTrue();
    }
    log.await(
        "Client [127.0.0.1] is refused: tcp.max-connections-per-peer, 2000, are open from its"
            + " address");
    open.removeFirst().close();
    open.removeFirst().close();
    log.await("is gone");
    assertServed(greetedOnce(server));
  }

  /** The place of a client that left is free once the server has noticed. */
  private Client greetedOnce(TestServer server) throws Exception {
    while (true) {
      Client client = connect(server);
      try {
        client.receive("ready");
        return client;
      } catch (IOException _) {
        client.close();
      }
    }
  }
}
