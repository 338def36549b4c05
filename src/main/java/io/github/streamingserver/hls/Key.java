package io.github.streamingserver.hls;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * EXT-X-KEY or EXT-X-SESSION-KEY (RFC 8216 §4.3.2.4).
 *
 * @param method METHOD as written, upper case; never NONE
 * @param rawUri as in the text; empty where there is none
 * @param uri where it is http or https once resolved
 * @param iv explicit initialization vector: 32 lower case hexadecimal digits
 * @param keyFormat {@value #IDENTITY} where there is none
 */
public record Key(
    String method, String rawUri, Optional<URI> uri, Optional<String> iv, String keyFormat) {
  /** The KEYFORMAT of a key that is the 16 bytes behind its URI. */
  public static final String IDENTITY = "identity";

  /** The METHOD of whole-segment AES-128-CBC. */
  public static final String AES_128 = "AES-128";

  /** The METHOD that ends encryption. */
  static final String NONE = "NONE";

  private static final int IV_LENGTH = 16;

  public Key {
    if (iv.isPresent() && !isIv(iv.get())) {
      throw new IllegalArgumentException("IV must be 32 hexadecimal digits");
    }
  }

  /** Ordinary transport encryption: AES-128 with an identity key. */
  public boolean isAes128() {
    return method.equals(AES_128) && keyFormat.equalsIgnoreCase(IDENTITY);
  }

  /**
   * The 16 byte IV for a segment: the explicit one, else the media sequence number as a 128-bit
   * big-endian integer (RFC 8216 §5.2). An init section without explicit IV takes the number of the
   * segment that it is read for.
   */
  public byte[] iv(long mediaSequence) {
    return iv.map(hex -> HexFormat.of().parseHex(hex))
        .orElseGet(() -> ByteBuffer.allocate(IV_LENGTH).putLong(8, mediaSequence).array());
  }

  private static boolean isIv(String text) {
    return text.length() == 2 * IV_LENGTH
        && text.chars().allMatch(c -> HexFormat.isHexDigit(c) && !Character.isUpperCase(c));
  }
}
