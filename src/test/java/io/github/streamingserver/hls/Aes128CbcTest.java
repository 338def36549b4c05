package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Aes128CbcTest {
  /** Key, IV and first blocks of NIST SP 800-38A, F.2.1. */
  private static final byte[] KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");

  private static final byte[] IV = hex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] PLAIN =
      hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
  private static final String ENCRYPTED =
      "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2";

  @Test
  void decryptsTheKnownBlocks() throws GeneralSecurityException {
    byte[] encrypted = encrypt(PLAIN);

    assertThat(HexFormat.of().formatHex(encrypted)).startsWith(ENCRYPTED).hasSize(96);
    assertThat(decrypt(encrypted, new Random(1), 100)).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 188, 4096, 65_537})
  void chunksDoNotMatter(int length) throws GeneralSecurityException {
    Random random = new Random(length);
    byte[] plain = new byte[length];
    random.nextBytes(plain);
    byte[] encrypted = encrypt(plain);

    for (int largest : new int[] {1, 7, 16, 33, 9000}) {
      assertThat(decrypt(encrypted, random, largest)).isEqualTo(plain);
    }
  }

  @Test
  void consumesBuffers() throws GeneralSecurityException {
    ByteBuffer buffer = ByteBuffer.wrap(encrypt(PLAIN));
    buffer.limit(20);
    Aes128Cbc cipher = new Aes128Cbc(KEY, IV);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    out.writeBytes(cipher.update(buffer));
    assertThat(buffer.remaining()).isZero();
    buffer.limit(48);
    out.writeBytes(cipher.update(buffer));
    out.writeBytes(cipher.finish());

    assertThat(out.toByteArray()).isEqualTo(PLAIN);
  }

  @Test
  void refusesWrongPadding() throws GeneralSecurityException {
    Aes128Cbc cipher = new Aes128Cbc(KEY, IV);
    cipher.update(Arrays.copyOf(encrypt(PLAIN), 32));

    assertThatThrownBy(cipher::finish)
        .isInstanceOf(DecryptionException.class)
        .hasMessage("wrong padding after 32 encrypted bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 47})
  void refusesHalfBlocks(int length) throws GeneralSecurityException {
    Aes128Cbc cipher = new Aes128Cbc(KEY, IV);
    cipher.update(Arrays.copyOf(encrypt(PLAIN), length));

    assertThatThrownBy(cipher::finish)
        .isInstanceOf(DecryptionException.class)
        .hasMessage(length + " encrypted bytes are no whole blocks");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 32, 5000})
  void refusesOtherKeys(int length) {
    assertThatThrownBy(() -> new Aes128Cbc(new byte[length], IV))
        .isInstanceOf(DecryptionException.class)
        .hasMessage("key has " + length + " bytes instead of 16");
  }

  private static byte[] decrypt(byte[] encrypted, Random random, int largest) {
    Aes128Cbc cipher = new Aes128Cbc(KEY, IV);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < encrypted.length) {
      int end = Math.min(encrypted.length, at + random.nextInt(largest + 1));
      out.writeBytes(cipher.update(Arrays.copyOfRange(encrypted, at, end)));
      at = end;
    }
    out.writeBytes(cipher.finish());
    return out.toByteArray();
  }

  private static byte[] encrypt(byte[] plain) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
    return cipher.doFinal(plain);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
