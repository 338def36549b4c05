package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Optional;

/**
 * Alternative audio, video or subtitles (RFC 8216 §4.3.4.1).
 *
 * @param type {@code AUDIO}, {@code VIDEO}, {@code SUBTITLES} or {@code CLOSED-CAPTIONS}
 * @param uri its media playlist; empty where the variant itself holds it
 */
public record Rendition(
    String type,
    String groupId,
    String name,
    String language,
    boolean isDefault,
    boolean autoselect,
    boolean forced,
    Optional<URI> uri) {
  /** The type of alternative audio. */
  public static final String AUDIO = "AUDIO";
}
