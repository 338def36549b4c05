package io.github.streamingserver.tcp;

import io.github.streamingserver.config.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/**
 * A private key and the certificates that vouch for it, its own first. That they belong together is
 * checked: of two files that are replaced one after the other, one may still be the old one.
 */
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {
  private static final int LONGEST_FILE = 1 << 20;

  CertifiedKey {
    chain = List.copyOf(chain);
  }

  /**
   * Reads the files; blocks.
   *
   * @throws BadCertificateException naming the file and what is wrong with it
   */
  static CertifiedKey read(KeyFiles files) {
    CertifiedKey read =
        switch (files) {
          case KeyFiles.Pem(var certificate, var key) -> pem(certificate, key);
          case KeyFiles.Pkcs12(var file, var password) -> pkcs12(file, password.toCharArray());
        };
    if (!KeyMatch.belongs(read.key(), read.certificate().getPublicKey())) {
      throw new BadCertificateException(
          "the key in [%s] is not that of the certificate".formatted(files.files().getLast()));
    }
    return read;
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  private static CertifiedKey pem(Path certificate, Path key) {
    List<X509Certificate> chain;
    try {
      chain = Pem.certificates(text(certificate));
    } catch (BadCertificateException e) {
      throw about(certificate, e);
    }
    try {
      String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
      return new CertifiedKey(Pem.key(text(key), algorithm), chain);
    } catch (BadCertificateException e) {
      throw about(key, e);
    }
  }

  private static CertifiedKey pkcs12(Path file, char[] password) {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(bytes(file)), password);
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.getKey(alias, password) instanceof PrivateKey key) {
          return new CertifiedKey(key, chain(keys.getCertificateChain(alias)));
        }
      }
      throw new BadCertificateException("holds no private key");
    } catch (IOException | GeneralSecurityException e) {
      throw about(
          file,
          new BadCertificateException("is no PKCS#12 file, or tcp.tls.password is not its", e));
    } catch (BadCertificateException e) {
      throw about(file, e);
    }
  }

  private static List<X509Certificate> chain(Certificate... chain) {
    return List.of(chain).stream().map(X509Certificate.class::cast).toList();
  }

  private static String text(Path file) {
    return new String(bytes(file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_FILE + 1);
      if (content.length > LONGEST_FILE) {
        throw new BadCertificateException("has more than 1 MiB, as no such file has");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new BadCertificateException("does not exist", e);
    } catch (IOException e) {
      throw new BadCertificateException("can't be read: " + e.getMessage(), e);
    }
  }

  private static BadCertificateException about(Path file, BadCertificateException problem) {
    return new BadCertificateException(
        "tcp.tls: [%s] %s".formatted(file, problem.getMessage()), problem);
  }
}
