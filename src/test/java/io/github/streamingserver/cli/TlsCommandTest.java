package io.github.streamingserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Certificates;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** streamctl through TLS, to a server that is who it says, and to ones that aren't proven to be. */
class TlsCommandTest {
  @TempDir static Path folder;

  private static Certificates certificates;
  private static Certificates others;
  private static TestServer server;

  private final Shell shell = new Shell();

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.create(folder.resolve("tls"), "EC");
    others = Certificates.create(folder.resolve("others"), "EC");
    server =
        TestServer.start(
            folder,
            "streamingserver { security.token = sesame, tcp.tls { port = 0, pkcs12 = \"%s\", password = \"%s\" } }"
                .formatted(certificates.pkcs12(), Certificates.PASSWORD));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private int run(int port, String... words) {
    List<String> all = new ArrayList<>(List.of("--port", String.valueOf(port)));
    all.addAll(List.of(words));
    all.addAll(List.of("--token", "sesame", "providers"));
    return shell.run(all.toArray(String[]::new));
  }

  @Test
  void talksToWhomItTrusts() {
    int code =
        run(
            server.tlsPort(),
            "--host",
            "localhost",
            "--tls",
            "--ca",
            certificates.certificate().toString());
    assertThat(code).as(shell.err()).isZero();
    assertThat(shell.out()).contains("Direct");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, OTHER, PKIX",
    "127.0.0.1, OWN, subject alternative names",
    "localhost, MISSING, can't be read as PEM certificates",
    "localhost, KEY, PEM certificate",
  })
  void talksToNobodyElse(String host, String authority, String said) {
    Path file =
        switch (authority) {
          case "OWN" -> certificates.certificate();
          case "OTHER" -> others.certificate();
          case "KEY" -> certificates.key();
          default -> folder.resolve("missing");
        };
    int code = run(server.tlsPort(), "--host", host, "--tls", "--ca", file.toString());
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("no secure connection to " + host, said, "--ca");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void believesNoCertificateThatTheJdkDoesNotTrust() {
    assertThat(run(server.tlsPort(), "--host", "localhost", "--tls"))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("no secure connection to localhost", "PKIX");
  }

  @Test
  void saysThatAPortHasNoTls() {
    assertThat(run(server.port(), "--host", "localhost", "--tls")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(shell.err()).contains("no secure connection to localhost", "tcp.tls");
  }

  @Test
  void wantsTlsForAnAuthority() {
    assertThat(run(server.port(), "--ca", "some.crt")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("--ca needs --tls");
  }
}
