package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * EXT-X-MEDIA (RFC 8216 §4.3.4.1).
 *
 * @param uri its media playlist; empty where the variant's own segments carry it
 * @param rawUri as in the text; empty where there is none
 * @param others every further attribute (CHANNELS, INSTREAM-ID, CHARACTERISTICS…), as text
 */
public record Rendition(
    Type type,
    String groupId,
    String name,
    Optional<String> language,
    boolean isDefault,
    boolean autoselect,
    boolean forced,
    Optional<URI> uri,
    String rawUri,
    Map<String, String> others) {

  /** TYPE. */
  public enum Type {
    AUDIO,
    VIDEO,
    SUBTITLES,
    CLOSED_CAPTIONS;

    /** As it stands in a playlist. */
    public String label() {
      return name().replace('_', '-');
    }
  }

  public Rendition {
    others = Map.copyOf(others);
  }
}
