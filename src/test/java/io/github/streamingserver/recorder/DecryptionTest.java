package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptionTest {
  private static final byte[] KEY =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] IV = new byte[16];
  private static final Piece.Encrypted ENCRYPTED = new Piece.Encrypted(new Aes128Key(KEY, IV));
  private static final Part PART = new Part(URI.create("http://host/1.ts"), 1, 6);
  private static final Piece BEGIN = new Piece.Begin(PART);
  private static final Piece END = new Piece.End(PART);
  private static final Piece AGAIN = new Piece.Rollback(new StreamFailure.Failed("broke off"));

  private final Decryption decryption = new Decryption();
  private final List<Piece> out = new ArrayList<>();

  private void see(Piece... pieces) {
    for (Piece piece : pieces) {
      out.addAll(decryption.see(piece));
    }
  }

  /** In chunks of {@code size}, each of two buffers. */
  private void data(byte[] bytes, int size) {
    for (int at = 0; at < bytes.length; at += size) {
      byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
      int half = chunk.length / 2;
      see(
          new Piece.Data(
              ByteString.fromArray(chunk, 0, half)
                  .concat(ByteString.fromArray(chunk, half, chunk.length - half))));
    }
  }

  private static byte[] plain(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] encrypt(byte[] plain) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
    return cipher.doFinal(plain);
  }

  private static byte[] bytes(List<Piece> pieces) {
    ByteString all = ByteString.emptyByteString();
    for (Piece piece : pieces) {
      all = piece instanceof Piece.Data(var bytes) ? all.concat(bytes) : all;
    }
    return all.toArray();
  }

  private static List<Piece> withoutData(List<Piece> pieces) {
    return pieces.stream().filter(piece -> !(piece instanceof Piece.Data)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 188, 1000, 100_000})
  void chunksDoNotMatter(int size) throws GeneralSecurityException {
    byte[] plain = plain(5000, size);
    byte[] encrypted = encrypt(plain);
    see(BEGIN, ENCRYPTED, new Piece.Length(encrypted.length));
    data(encrypted, size);
    see(END);
    assertThat(bytes(out)).isEqualTo(plain);
    assertThat(withoutData(out)).containsExactly(BEGIN, END);
  }

  @Test
  void whatIsPlainPasses() {
    Piece length = new Piece.Length(700);
    see(BEGIN, length);
    data(plain(700, 1), 100);
    see(END);
    assertThat(bytes(out)).isEqualTo(plain(700, 1));
    assertThat(withoutData(out)).containsExactly(BEGIN, length, END);
  }

  @Test
  void plainAndEncryptedSegmentsFollowEachOther() throws GeneralSecurityException {
    byte[] encrypted = encrypt(plain(100, 1));
    see(BEGIN, ENCRYPTED);
    data(encrypted, 30);
    see(END, BEGIN, new Piece.Length(50));
    data(plain(50, 2), 50);
    see(END, BEGIN, ENCRYPTED, new Piece.Length(encrypted.length));
    data(encrypted, 30);
    see(END);
    byte[] expected = new byte[250];
    System.arraycopy(plain(100, 1), 0, expected, 0, 100);
    System.arraycopy(plain(50, 2), 0, expected, 100, 50);
    System.arraycopy(plain(100, 1), 0, expected, 150, 100);
    assertThat(bytes(out)).isEqualTo(expected);
  }

  @Test
  void aRollbackBeginsTheCipherAgain() throws GeneralSecurityException {
    byte[] encrypted = encrypt(plain(1000, 1));
    see(BEGIN, ENCRYPTED, new Piece.Length(encrypted.length));
    data(Arrays.copyOf(encrypted, 333), 100);
    see(AGAIN);
    int again = out.size();
    see(ENCRYPTED, new Piece.Length(encrypted.length));
    data(encrypted, 100);
    see(END);
    assertThat(out.get(again - 1)).isEqualTo(AGAIN);
    assertThat(bytes(out.subList(again, out.size()))).isEqualTo(plain(1000, 1));
    assertThat(out.getLast()).isEqualTo(END);
  }

  @Test
  void afterARollbackASegmentMayBePlain() {
    see(BEGIN, ENCRYPTED, AGAIN, new Piece.Length(40));
    data(plain(40, 3), 40);
    see(END);
    assertThat(out).contains(new Piece.Length(40));
    assertThat(bytes(out)).isEqualTo(plain(40, 3));
  }

  @Test
  void theLatestKeyCounts() throws GeneralSecurityException {
    see(BEGIN, new Piece.Encrypted(new Aes128Key(new byte[16], IV)), ENCRYPTED);
    data(encrypt(plain(64, 4)), 64);
    see(END);
    assertThat(bytes(out)).isEqualTo(plain(64, 4));
    assertThat(out.getLast()).isEqualTo(END);
  }

  @Test
  void aWrongKeyIsALostSegmentOnce() throws GeneralSecurityException {
    see(BEGIN, new Piece.Encrypted(new Aes128Key(new byte[16], IV)));
    data(encrypt(plain(1000, 5)), 100);
    see(END);
    int lost = out.size();
    see(END, AGAIN, new Piece.Lost(PART, new StreamFailure.Failed("told already")));
    data(plain(10, 1), 10);
    assertThat(out.getLast()).isInstanceOf(Piece.Lost.class);
    assertThat(((Piece.Lost) out.getLast()).cause().message()).contains("decrypted");
    assertThat(out).hasSize(lost);
    see(BEGIN);
    data(plain(10, 1), 10);
    see(END);
    assertThat(out.subList(lost, out.size())).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 160, 1000})
  void aLengthThatIsNotReachedIsALostSegment(int came) throws GeneralSecurityException {
    byte[] encrypted = encrypt(plain(1000, 6));
    see(BEGIN, ENCRYPTED, new Piece.Length(encrypted.length));
    data(Arrays.copyOf(encrypted, came), 100);
    see(END);
    assertThat(((Piece.Lost) out.getLast()).cause().message())
        .isEqualTo(came + " encrypted bytes came where 1008 are due");
  }

  @Test
  void whatStandsBetweenSegmentsPasses() {
    Piece missed = new Piece.Missed(2, 12, new StreamFailure.Failed("gone"));
    Piece leftOut = new Piece.LeftOut(PART);
    Piece broken = new Piece.Broken(new IllegalStateException("over"));
    see(missed, leftOut, broken);
    assertThat(out).containsExactly(missed, leftOut, broken);
  }
}
