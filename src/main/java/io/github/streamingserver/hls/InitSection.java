package io.github.streamingserver.hls;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * EXT-X-MAP: what a decoder needs before the segments that follow (RFC 8216 §4.3.2.5).
 *
 * @param keys in force where the tag stands: those of the init section itself
 */
public record InitSection(URI uri, String rawUri, Optional<ByteRange> byteRange, List<Key> keys) {
  public InitSection {
    keys = List.copyOf(keys);
  }
}
