package io.github.streamingserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {
  private static ServerSettings settings(String tls) {
    return ServerSettings.create(
        ConfigFactory.parseString("streamingserver.tcp.tls { " + tls + " }")
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }

  @Test
  void isOffWhereNothingIsSet() {
    assertThat(settings("").tcp().tls()).isEmpty();
  }

  @Test
  void readsPem() {
    TlsSettings tls = settings("port = 5001, certificate = a.crt, key = a.key").tcp().tls().get();
    assertThat(tls.bind()).isEqualTo("0.0.0.0");
    assertThat(tls.port()).isEqualTo(5001);
    assertThat(tls.keys()).isEqualTo(new KeyFiles.Pem(Path.of("a.crt"), Path.of("a.key")));
  }

  @Test
  void readsPkcs12AndKeepsItsPasswordOutOfTexts() {
    ServerSettings settings =
        settings("port = 0, bind = \"::1\", pkcs12 = a.p12, password = sesame");
    TlsSettings tls = settings.tcp().tls().get();
    assertThat(tls.bind()).isEqualTo("::1");
    assertThat(tls.keys()).isEqualTo(new KeyFiles.Pkcs12(Path.of("a.p12"), "sesame"));
    assertThat(settings.toString()).contains("a.p12").doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = x, pkcs12 = a | off or a number",
        "port = 65536, pkcs12 = a | 0 to 65535",
        "port = -1, pkcs12 = a | 0 to 65535",
        "port = 5001 | both certificate and key",
        "port = 5001, certificate = a | both certificate and key",
        "port = 5001, key = a | both certificate and key",
        "port = 5001, certificate = a, key = b, pkcs12 = c | or pkcs12 alone",
        "port = 5001, certificate = a, pkcs12 = c | or pkcs12 alone",
        "port = 5001, pkcs12 = a, handshake-timeout = 0 s | more than 0",
      })
  void saysWhatIsWrong(String tls, String said) {
    assertThatThrownBy(() -> settings(tls)).hasMessageContaining(said);
  }
}
