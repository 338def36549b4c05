package io.github.streamingserver.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The streams of {@link Media} as origins may serve them otherwise; a recording must hold what it
 * holds of the plain one. Compare what was encrypted by its bytes: a wrong initialization vector
 * spoils 16 of a segment, which no decoded frame shows.
 */
public final class EditedMedia {
  /** How segments are encrypted with AES-128 (RFC 8216 §4.3.2.4). */
  public enum Aes {
    /** One key, a random initialization vector in the playlist. */
    EXPLICIT_IV,
    /** One key, the media sequence as the initialization vector. */
    SEQUENCE_IV,
    /** Another key each third segment, plain segments between, either initialization vector. */
    ROTATING
  }

  /** The media sequence of the first encrypted segment; more than a byte holds. */
  private static final int SEQUENCE = 1000;

  private static final String NO_KEY = "#EXT-X-KEY:METHOD=NONE";

  private EditedMedia() {}

  /** {@link Media#hls()} encrypted. */
  public static Path encrypted(Aes aes) {
    Path source = Media.hls();
    return MediaStore.folder(
        "aes-" + aes,
        folder -> {
          Random random = new Random(1);
          List<ListedSegment> listed = new ArrayList<>();
          byte[] key = new byte[0];
          byte[] explicitIv = new byte[0];
          for (ListedSegment segment : ListedSegment.in(source)) {
            int i = listed.size();
            boolean rotates = aes == Aes.ROTATING && i % 3 == 0;
            if (i == 0 || rotates) {
              key = bytes(random, 16);
              explicitIv = explicit(aes, i) ? bytes(random, 16) : new byte[0];
              Files.write(folder.resolve("key" + i + ".bin"), key);
              listed.add(segment.with(keyTag(i, explicitIv)));
            } else if (aes == Aes.ROTATING && i % 3 == 2) {
              listed.add(segment.with(NO_KEY));
            } else {
              listed.add(segment);
            }
            byte[] plain = Files.readAllBytes(source.resolve(segment.uri()));
            boolean bare = listed.getLast().tags().contains(NO_KEY);
            byte[] iv = explicitIv.length > 0 ? explicitIv : sequenceIv(SEQUENCE + i);
            Files.write(folder.resolve(segment.uri()), bare ? plain : encrypt(key, iv, plain));
          }
          Files.writeString(folder.resolve("index.m3u8"), ListedSegment.vod(SEQUENCE, listed));
        });
  }

  private static boolean explicit(Aes aes, int segment) {
    return aes == Aes.EXPLICIT_IV || (aes == Aes.ROTATING && segment % 2 == 0);
  }

  private static String keyTag(int number, byte[] iv) {
    String tag = "#EXT-X-KEY:METHOD=AES-128,URI=\"key" + number + ".bin\"";
    return iv.length == 0 ? tag : tag + ",IV=0x" + HexFormat.of().formatHex(iv);
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] sequenceIv(long sequence) {
    return ByteBuffer.allocate(16).putLong(0).putLong(sequence).array();
  }

  private static byte[] encrypt(byte[] key, byte[] iv, byte[] plain) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** {@link Media#byteRanges()} whose ranges but the first say no offset. */
  public static Path continuedByteRanges() {
    return continued(Media.byteRanges(), "all.ts");
  }

  /** {@link Media#fmp4ByteRanges()} whose ranges but the first say no offset. */
  public static Path continuedFmp4ByteRanges() {
    return continued(Media.fmp4ByteRanges(), "all.mp4");
  }

  private static Path continued(Path source, String file) {
    return MediaStore.folder(
        source.getFileName() + "-continued",
        folder -> {
          Files.copy(source.resolve(file), folder.resolve(file));
          List<ListedSegment> listed = new ArrayList<>();
          for (ListedSegment segment : ListedSegment.in(source)) {
            List<String> tags =
                segment.tags().stream()
                    .map(
                        tag ->
                            listed.isEmpty()
                                ? tag
                                : tag.replaceFirst("(BYTERANGE:\\d+)@\\d+", "$1"))
                    .toList();
            listed.add(new ListedSegment(tags, segment.seconds(), segment.uri()));
          }
          Files.writeString(folder.resolve("index.m3u8"), ListedSegment.vod(listed));
        });
  }

  /** {@link Media#fmp4()} with an initialization section of its own from the sixth segment on. */
  public static Path severalMaps() {
    Path source = Media.fmp4();
    return MediaStore.folder(
        "maps",
        folder -> {
          copy(source, folder, "init.mp4", UnaryOperator.identity());
          Files.copy(source.resolve("init.mp4"), folder.resolve("second.mp4"));
          List<ListedSegment> listed = new ArrayList<>();
          for (ListedSegment segment : ListedSegment.in(source)) {
            copy(source, folder, segment.uri(), UnaryOperator.identity());
            listed.add(
                listed.size() == 5 ? segment.with("#EXT-X-MAP:URI=\"second.mp4\"") : segment);
          }
          Files.writeString(folder.resolve("index.m3u8"), ListedSegment.vod(listed));
        });
  }

  /** {@link Media#hls()} with bytes that are no packet before each segment's first packet. */
  public static Path leadingJunk() {
    Path source = Media.hls();
    byte[] junk =
        "junk with a false sync byte: G, and more ".repeat(4).getBytes(StandardCharsets.US_ASCII);
    return MediaStore.folder(
        "junk",
        folder -> {
          copy(source, folder, "index.m3u8", UnaryOperator.identity());
          for (ListedSegment segment : ListedSegment.in(source)) {
            copy(
                source,
                folder,
                segment.uri(),
                media ->
                    ByteBuffer.allocate(junk.length + media.length).put(junk).put(media).array());
          }
        });
  }

  private static void copy(Path from, Path to, String file, UnaryOperator<byte[]> edit)
      throws IOException {
    Files.write(to.resolve(file), edit.apply(Files.readAllBytes(from.resolve(file))));
  }
}
