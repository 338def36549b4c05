package io.github.streamingserver.hls;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A playlist of variants (RFC 8216 §4.3.4, there "Master Playlist"). Variants stand in the order of
 * the text, redundant ones included.
 *
 * @param iFrameVariants EXT-X-I-FRAME-STREAM-INF
 * @param sessionKeys EXT-X-SESSION-KEY
 */
public record MultivariantPlaylist(
    URI uri,
    int version,
    boolean independentSegments,
    Optional<Start> start,
    List<Variant> variants,
    List<Variant> iFrameVariants,
    List<Rendition> renditions,
    List<Key> sessionKeys,
    List<SessionData> sessionData,
    Optional<ContentSteering> contentSteering,
    Map<String, String> variables,
    List<String> warnings)
    implements Playlist {

  /** EXT-X-SESSION-DATA: a value, or where a JSON with it is. */
  public record SessionData(
      String dataId, Optional<String> value, Optional<URI> uri, Optional<String> language) {}

  /** EXT-X-CONTENT-STEERING. */
  public record ContentSteering(URI serverUri, Optional<String> pathwayId) {}

  public MultivariantPlaylist {
    variants = List.copyOf(variants);
    iFrameVariants = List.copyOf(iFrameVariants);
    renditions = List.copyOf(renditions);
    sessionKeys = List.copyOf(sessionKeys);
    sessionData = List.copyOf(sessionData);
    variables = Map.copyOf(variables);
    warnings = List.copyOf(warnings);
  }

  /** The renditions of one type and group, in the order of the text. */
  public List<Rendition> renditions(Rendition.Type type, String groupId) {
    return renditions.stream()
        .filter(r -> r.type() == type && r.groupId().equals(groupId))
        .toList();
  }
}
