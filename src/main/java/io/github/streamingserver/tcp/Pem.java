package io.github.streamingserver.tcp;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Certificates and keys in PEM (RFC 7468). Pure. */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String CONVERT =
      "; only PKCS#8 without a password is read: openssl pkcs8 -topk8 -nodes -in FILE -out NEW";

  private Pem() {}

  private record Block(String label, String base64) {
    byte[] content() {
      try {
        return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
      } catch (IllegalArgumentException e) {
        throw new BadCertificateException("holds a PEM block that is no base64", e);
      }
    }
  }

  /**
   * The certificates in {@code text}, in their order.
   *
   * @throws BadCertificateException whose message continues a file's name
   */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (block.label().equals(CERTIFICATE)) {
        certificates.add(certificate(block.content()));
      }
    }
    if (certificates.isEmpty()) {
      throw new BadCertificateException("holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  /**
   * The first private key in {@code text}.
   *
   * @param algorithm that of the public key
   * @throws BadCertificateException whose message continues a file's name
   */
  static PrivateKey key(String text, String algorithm) {
    Optional<Block> key =
        blocks(text).stream().filter(block -> block.label().endsWith(PRIVATE_KEY)).findFirst();
    Block block =
        key.orElseThrow(
            () -> new BadCertificateException("holds no PEM key (-----BEGIN PRIVATE KEY-----)"));
    if (!block.label().equals(PRIVATE_KEY)) {
      throw new BadCertificateException("holds an " + block.label() + CONVERT);
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(block.content()));
    } catch (GeneralSecurityException e) {
      throw new BadCertificateException(
          "holds no key of the certificate's kind, " + algorithm + CONVERT, e);
    }
  }

  private static X509Certificate certificate(byte[] content) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content));
    } catch (CertificateException e) {
      throw new BadCertificateException("holds a certificate that can't be read", e);
    }
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int label = begin + BEGIN.length();
      int labelEnd = text.indexOf(DASHES, label);
      String name = labelEnd < 0 ? "" : text.substring(label, labelEnd);
      int end = labelEnd < 0 ? -1 : text.indexOf("-----END " + name + DASHES, labelEnd);
      if (end < 0) {
        throw new BadCertificateException("is cut off: a PEM block has no end");
      }
      blocks.add(new Block(name, text.substring(labelEnd + DASHES.length(), end)));
      begin = text.indexOf(BEGIN, end);
    }
    return blocks;
  }
}
