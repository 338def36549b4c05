package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Certificates;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.ServerLog;
import io.github.streamingserver.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port with TLS, with clients that should and shouldn't get through it. */
class TlsJourneyTest {
  private static final JsonObject NONE = JsonObject.empty();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private static ServerLog log;
  private static Certificates certificates;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    log = new ServerLog();
    certificates = Certificates.create(folder.resolve("tls"), "EC");
    server = start(certificates, "handshake-timeout = 1 s");
  }

  private static TestServer start(Certificates shown, String more) throws Exception {
    return TestServer.start(
        folder,
        """
        streamingserver.tcp.tls {
          port = 0, certificate = "%s", key = "%s", reload-interval = 50 ms
          %s
        }
        """
            .formatted(shown.certificate(), shown.key(), more));
  }

  @AfterAll
  static void stop() {
    server.close();
    log.close();
  }

  private static SSLSocket secure(int port, SSLContext trust, String... versions)
      throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(plain, "localhost", port, true);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    if (versions.length > 0) {
      socket.setEnabledProtocols(versions);
    }
    return socket;
  }

  private static Client client(TestServer server, List<Certificates> trusted) throws Exception {
    Client client = new Client(secure(server.tlsPort(), Certificates.trusting(trusted)), PATIENCE);
    assertThat(client.receive().command()).isEqualTo("ready");
    return client;
  }

  private static void assertServed(Client client) throws Exception {
    client.send("recorder_types", NONE);
    client.receive("recorder_types");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesBothVersions(String version) throws Exception {
    SSLSocket socket =
        secure(server.tlsPort(), Certificates.trusting(List.of(certificates)), version);
    try (Client client = new Client(socket, PATIENCE)) {
      assertThat(client.receive().command()).isEqualTo("ready");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      client.sendFrame(("[\"status\",{\"x\":\"" + "x".repeat(1 << 20) + "\"}]").getBytes(UTF_8));
      client.receive("status");
      assertServed(client);
    }
  }

  @Test
  void servesThePlainPortBesides() throws Exception {
    try (Client client = new Client(server.port())) {
      client.receive("ready");
      assertServed(client);
    }
  }

  /** A ClientHello that offers TLS 1.1 at most, as the JDK's client would no longer send it. */
  @Test
  void refusesTls11() throws Exception {
    try (RawTls old = new RawTls(server.tlsPort())) {
      old.sendHello(0x0302);
      assertThat(old.alert()).isEqualTo(RawTls.PROTOCOL_VERSION);
    }
    try (RawTls today = new RawTls(server.tlsPort())) {
      today.sendHello(0x0303);
      assertThat(today.isAnswered()).as("the same hello for TLS 1.2").isTrue();
    }
  }

  @Test
  void saysNothingToWhoSpeaksNoTls() throws Exception {
    try (Client plain = new Client(server.tlsPort(), PATIENCE)) {
      plain.send("get_providers", NONE);
      assertThatThrownBy(plain::receive).isInstanceOf(IOException.class);
    }
    log.await("] failed: Unrecognized SSL message, plaintext connection?");
    try (Client next = client(server, List.of(certificates))) {
      assertServed(next);
    }
  }

  @Test
  void closesWhoBeginsNoHandshakeOrNeverEndsIt() throws Exception {
    try (RawTls silent = new RawTls(server.tlsPort());
        RawTls dribbling = new RawTls(server.tlsPort());
        Client listening = client(server, List.of(certificates))) {
      dribbling.sendRecordHeader();
      while (!dribbling.isClosedAfterOneMoreByte()) {
        Thread.onSpinWait();
      }
      assertThat(silent.isAnswered()).isFalse();
      log.await("there was no TLS handshake within tcp.tls.handshake-timeout");
      assertServed(listening);
    }
  }

  @Test
  void clientsAreToldThatTheServerEnds() throws Exception {
    TestServer ending = start(certificates, "");
    try (Client client = client(ending, List.of(certificates))) {
      ending.close();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void showsACertificateThatIsReplacedToNewClientsAlone() throws Exception {
    Certificates before = Certificates.create(folder.resolve("before"), "EC");
    Certificates after = Certificates.create(folder.resolve("after"), "RSA");
    try (TestServer reloading = start(before, "");
        Client first = client(reloading, List.of(before))) {
      Files.writeString(before.certificate(), "garbage");
      log.await("stays as it was: tcp.tls: [" + before.certificate() + "] holds no PEM");
      try (Client second = client(reloading, List.of(before))) {
        assertServed(second);
      }
      replace(after.certificate(), before.certificate());
      log.await("stays as it was: tcp.tls: [" + before.key() + "] holds no key of");
      replace(after.key(), before.key());
      log.await("TLS with the certificate of [CN=localhost] in [" + before.certificate() + "]", 2);
      assertThat(shownBy(reloading, List.of(after))).isTrue();
      assertThat(shownBy(reloading, List.of(before))).isFalse();
      assertServed(first);
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    Path beside = to.resolveSibling("new");
    Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether a new client gets in that trusts these alone. */
  private static boolean shownBy(TestServer server, List<Certificates> trusted) throws Exception {
    try (Client client = client(server, trusted)) {
      assertServed(client);
      return true;
    } catch (SSLException _) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw-------"})
  void warnsOfAKeyThatOthersMayRead(String mode) throws Exception {
    Certificates shown = Certificates.create(folder.resolve("mode-" + mode), "EC");
    Files.setPosixFilePermissions(shown.key(), PosixFilePermissions.fromString(mode));
    start(shown, "").close();
    String warning = "The private key in [" + shown.key() + "] can be read by others";
    assertThat(log.lines(warning)).hasSize(mode.equals("rw-r--r--") ? 1 : 0);
  }

  @Test
  void doesNotStartWithoutItsCertificate() throws Exception {
    Certificates broken = Certificates.create(folder.resolve("broken"), "EC");
    Files.delete(broken.key());
    assertThatThrownBy(() -> start(broken, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(broken.key() + "] does not exist");
  }
}
