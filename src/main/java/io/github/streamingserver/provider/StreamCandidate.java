package io.github.streamingserver.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A stream behind an item's page, as far as the page tells.
 *
 * @param url a file, a media playlist or a multivariant one
 * @param height lines of the picture, where the page names them
 * @param label what the page calls it; may be empty
 * @param fallback only to be taken where the others fail
 * @param expires when its addresses are no longer good, where that is known: who still needs them
 *     then asks for the streams again before
 */
public record StreamCandidate(
    URI url,
    OptionalInt height,
    Codec codec,
    String label,
    boolean fallback,
    Optional<Instant> expires) {
  /** Of the picture; in the order of preference, the best last. */
  public enum Codec {
    UNKNOWN,
    H264,
    HEVC,
    AV1
  }

  /** A stream that is not known to expire. */
  public StreamCandidate(URI url, OptionalInt height, Codec codec, String label, boolean fallback) {
    this(url, height, codec, label, fallback, Optional.empty());
  }

  /** A stream of which nothing but the address is known. */
  public static StreamCandidate of(URI url) {
    return new StreamCandidate(url, OptionalInt.empty(), Codec.UNKNOWN, "", false);
  }

  /** The same until then. */
  public StreamCandidate until(Instant end) {
    return new StreamCandidate(url, height, codec, label, fallback, Optional.of(end));
  }
}
