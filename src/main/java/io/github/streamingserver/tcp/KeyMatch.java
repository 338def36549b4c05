package io.github.streamingserver.tcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a private and a public key are a pair: what the one signs the other verifies. */
final class KeyMatch {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EDDSA", "EdDSA");
  private static final byte[] MESSAGE = "a pair".getBytes(StandardCharsets.US_ASCII);

  private KeyMatch() {}

  /** Keys of a kind that isn't known are believed to belong together. */
  static boolean belongs(PrivateKey key, PublicKey publicKey) {
    Optional<String> algorithm =
        Optional.ofNullable(SIGNATURES.get(publicKey.getAlgorithm().toUpperCase(Locale.ROOT)));
    return algorithm.isEmpty() || signs(key, publicKey, algorithm.get());
  }

  private static boolean signs(PrivateKey key, PublicKey publicKey, String algorithm) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(MESSAGE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(MESSAGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
