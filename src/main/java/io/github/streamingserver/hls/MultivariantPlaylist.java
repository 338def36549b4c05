package io.github.streamingserver.hls;

import java.util.List;

/** A list of variants (RFC 8216 §4.3.4). */
public record MultivariantPlaylist(
    int version,
    List<Variant> variants,
    List<Rendition> renditions,
    List<Key> sessionKeys,
    List<String> warnings)
    implements Playlist {
  public MultivariantPlaylist {
    variants = List.copyOf(variants);
    renditions = List.copyOf(renditions);
    sessionKeys = List.copyOf(sessionKeys);
    warnings = List.copyOf(warnings);
  }

  /** Whether a variant's audio is in a playlist of its own. */
  public boolean hasSeparateAudio(Variant variant) {
    return !variant.audio().isEmpty()
        && renditions.stream()
            .anyMatch(
                rendition ->
                    rendition.type().equals(Rendition.AUDIO)
                        && rendition.groupId().equals(variant.audio())
                        && rendition.uri().isPresent());
  }
}
