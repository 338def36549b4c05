package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost that signed itself, and its key, made anew by the JDK's keytool. */
public final class Certificates {
  /** Of every PKCS#12 file. */
  public static final String PASSWORD = "password";

  private static final String ALIAS = "server";

  private final Path folder;
  private final KeyStore keys;

  private Certificates(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** A new one, its files in {@code folder}. */
  public static Certificates create(Path folder, String keyAlgorithm) throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolve("server.p12");
    Files.deleteIfExists(file);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                keyAlgorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Certificates made = new Certificates(folder, keys);
    Files.writeString(made.certificate(), made.certificateText());
    Files.writeString(made.key(), made.keyText());
    return made;
  }

  /** The PKCS#12 file with both. */
  public Path pkcs12() {
    return folder.resolve("server.p12");
  }

  /** The certificate's PEM file. */
  public Path certificate() {
    return folder.resolve("server.crt");
  }

  /** The key's PEM file. */
  public Path key() {
    return folder.resolve("server.key");
  }

  /** The certificate in PEM. */
  public String certificateText() throws GeneralSecurityException {
    return pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  /** The key in PEM. */
  public String keyText() throws GeneralSecurityException {
    return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  /** A client's side that trusts these alone. */
  public static SSLContext trusting(List<Certificates> trusted) throws Exception {
    return context(new KeyManager[0], trusted);
  }

  private static SSLContext context(KeyManager[] own, List<Certificates> trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificates certificates : trusted) {
      store.setCertificateEntry(
          certificates.folder.toString(), certificates.keys.getCertificate(ALIAS));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, managers.getTrustManagers(), null);
    return context;
  }

  /** A side that shows this certificate, and trusts it alone. */
  public SSLContext context() throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    return context(own.getKeyManagers(), List.of(this));
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }
}
