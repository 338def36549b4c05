package io.github.streamingserver.hls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts one segment or init section of METHOD=AES-128 as it arrives: AES-CBC with PKCS7 padding
 * (RFC 8216 §4.3.2.4, §5.2). It holds back one block at most. For one thread and one use.
 */
public final class Aes128Cbc {
  private static final int BLOCK = 16;
  private static final byte[] NOTHING = {};

  private final Cipher cipher;
  private long received;

  /**
   * @param key what the key's URI answered with
   * @param iv 16 bytes, see {@link Key#iv}
   * @throws DecryptionException where the key is not 16 bytes
   */
  public Aes128Cbc(byte[] key, byte[] iv) {
    if (key.length != BLOCK) {
      throw new DecryptionException("key has " + key.length + " bytes instead of " + BLOCK);
    }
    if (iv.length != BLOCK) {
      throw new IllegalArgumentException("IV of " + iv.length + " bytes");
    }
    try {
      cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no AES/CBC in this Java", e);
    }
  }

  /** What {@code chunk} makes readable, maybe nothing yet. */
  public byte[] update(byte[] chunk) {
    received += chunk.length;
    byte[] plain = cipher.update(chunk);
    return plain == null ? NOTHING : plain;
  }

  /** What {@code chunk}, from its position to its limit, makes readable; it is consumed. */
  public byte[] update(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    return update(bytes);
  }

  /**
   * The end of the plain text, padding removed.
   *
   * @throws DecryptionException where the whole was no multiple of 16 bytes or its padding is
   *     wrong: it was cut off, or key or IV are another's
   */
  public byte[] finish() {
    if (received == 0 || received % BLOCK != 0) {
      throw new DecryptionException(received + " encrypted bytes are no whole blocks");
    }
    try {
      return cipher.doFinal();
    } catch (GeneralSecurityException _) {
      throw new DecryptionException("wrong padding after " + received + " encrypted bytes");
    }
  }
}
