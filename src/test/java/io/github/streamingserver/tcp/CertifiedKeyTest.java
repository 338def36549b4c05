package io.github.streamingserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.KeyFiles;
import io.github.streamingserver.testkit.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertifiedKeyTest {
  @TempDir static Path folder;
  private static Certificates one;
  private static Certificates another;

  @BeforeAll
  static void make() throws Exception {
    one = Certificates.create(folder.resolve("one"), "EC");
    another = Certificates.create(folder.resolve("another"), "EC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsBothForms(String algorithm) throws Exception {
    Certificates made = Certificates.create(folder.resolve(algorithm), algorithm);
    CertifiedKey pem = CertifiedKey.read(new KeyFiles.Pem(made.certificate(), made.key()));
    CertifiedKey pkcs12 =
        CertifiedKey.read(new KeyFiles.Pkcs12(made.pkcs12(), Certificates.PASSWORD));
    assertThat(pem.certificate()).isEqualTo(pkcs12.certificate());
    assertThat(pem.key().getEncoded()).isEqualTo(pkcs12.key().getEncoded());
  }

  @Test
  void readsAChainWithTextAroundIt() throws Exception {
    Path chain = folder.resolve("chain.crt");
    Files.writeString(
        chain, "subject=CN\n" + one.certificateText() + "\nissuer\n" + another.certificateText());
    CertifiedKey read = CertifiedKey.read(new KeyFiles.Pem(chain, one.key()));
    assertThat(read.chain()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | KEY | holds no PEM certificate",
        "KEY | KEY | holds no PEM certificate",
        "CERT | '' | holds no PEM key",
        "CERT | CERT | holds no PEM key",
        "CERT | -----BEGIN RSA PRIVATE KEY-----#-----END RSA PRIVATE KEY----- | openssl pkcs8",
        "CERT | -----BEGIN ENCRYPTED PRIVATE KEY-----#-----END ENCRYPTED PRIVATE KEY----- |"
            + " openssl",
        "CERT | -----BEGIN PRIVATE KEY-----#AAAA#-----END PRIVATE KEY----- | no key of",
        "CERT | -----BEGIN PRIVATE KEY-----#%%%#-----END PRIVATE KEY----- | no base64",
        "CERT | -----BEGIN PRIVATE KEY-----#AAAA | is cut off",
        "CERT | -----BEGIN PRIVATE | is cut off",
        "-----BEGIN CERTIFICATE-----#AAAA#-----END CERTIFICATE----- | KEY | can't be read",
        "CERT | OTHER | is not that of the certificate",
      })
  void saysWhichFileIsWrongAndWhy(String certificate, String key, String said) throws Exception {
    Path crt = Files.writeString(folder.resolve("t.crt"), text(certificate));
    Path pem = Files.writeString(folder.resolve("t.key"), text(key));
    assertThatThrownBy(() -> CertifiedKey.read(new KeyFiles.Pem(crt, pem)))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining(said)
        .hasMessageContaining(folder.resolve("t.").toString());
  }

  private static String text(String given) throws Exception {
    return switch (given) {
      case "CERT" -> one.certificateText();
      case "KEY" -> one.keyText();
      case "OTHER" -> another.keyText();
      default -> given.replace('#', '\n');
    };
  }

  @Test
  void saysWhatIsWrongWithAPkcs12File() throws Exception {
    assertThatThrownBy(() -> CertifiedKey.read(new KeyFiles.Pkcs12(one.pkcs12(), "sesame")))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining("server.p12] is no PKCS#12 file, or tcp.tls.password is not its")
        .hasMessageNotContaining("sesame");
    assertThatThrownBy(
            () -> CertifiedKey.read(new KeyFiles.Pkcs12(folder.resolve("none.p12"), "x")))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining("none.p12] does not exist");
  }
}
