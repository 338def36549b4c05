package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Optional;

/**
 * How segments are encrypted (RFC 8216 §4.3.2.4).
 *
 * @param method as it is written, such as {@code AES-128}; never {@code NONE}
 * @param uri where the key is; empty where there is none that http reaches, such as {@code skd://}
 * @param rawUri as it is written; empty where there is none
 * @param iv the explicit initialization vector, 32 hexadecimal digits
 * @param keyFormat {@code identity} where none is written
 */
public record Key(
    String method, Optional<URI> uri, String rawUri, Optional<String> iv, String keyFormat) {
  /** The method that encrypts whole segments. */
  public static final String AES_128 = "AES-128";

  /** The format of a key that is 16 plain bytes. */
  public static final String IDENTITY = "identity";
}
