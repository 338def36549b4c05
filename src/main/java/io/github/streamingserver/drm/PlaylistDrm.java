package io.github.streamingserver.drm;

import io.github.streamingserver.hls.InitSection;
import io.github.streamingserver.hls.Key;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.DrmScheme;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What counts as protected in a playlist: a METHOD of the SAMPLE-AES family, a KEYFORMAT other than
 * identity, or a key behind {@code skd:}. AES-128 with an identity key is none of it, and no word
 * in a path proves anything.
 */
public final class PlaylistDrm {
  private static final String SAMPLE_AES = "SAMPLE-AES";
  private static final String FAIRPLAY_SCHEME = "skd:";
  private static final Map<String, DrmScheme> BY_KEY_FORMAT =
      Map.of(
          "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed", DrmScheme.WIDEVINE,
          "com.widevine", DrmScheme.WIDEVINE,
          "com.microsoft.playready", DrmScheme.PLAYREADY,
          "urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95", DrmScheme.PLAYREADY,
          "com.apple.streamingkeydelivery", DrmScheme.FAIRPLAY,
          "urn:uuid:94ce86fb-07ff-4f43-adb8-93d2fa968ca2", DrmScheme.FAIRPLAY);

  private PlaylistDrm() {}

  /** The protection of anything that the playlist names; empty where it is all open. */
  public static Optional<DrmScheme> of(Playlist playlist) {
    return switch (playlist) {
      case MultivariantPlaylist multivariant -> of(multivariant.sessionKeys());
      case MediaPlaylist media -> {
        Set<Key> keys = new LinkedHashSet<>();
        for (Segment segment : media.segments()) {
          keys.addAll(segment.keys());
          segment.map().map(InitSection::keys).ifPresent(keys::addAll);
        }
        yield of(keys);
      }
    };
  }

  /** The protection of one segment and its init section: those before it may be open. */
  public static Optional<DrmScheme> of(Segment segment) {
    return of(segment.keys()).or(() -> segment.map().flatMap(map -> of(map.keys())));
  }

  /** One scheme for all keys: the first system with a name, else what is left. */
  private static Optional<DrmScheme> of(Collection<Key> keys) {
    List<DrmScheme> schemes = keys.stream().flatMap(key -> scheme(key).stream()).toList();
    return schemes.stream()
        .filter(scheme -> scheme != DrmScheme.UNKNOWN && scheme != DrmScheme.SAMPLE_AES)
        .findFirst()
        .or(() -> schemes.stream().filter(scheme -> scheme == DrmScheme.SAMPLE_AES).findFirst())
        .or(() -> schemes.stream().findFirst());
  }

  private static Optional<DrmScheme> scheme(Key key) {
    String format = key.keyFormat().strip().toLowerCase(Locale.ROOT);
    if (BY_KEY_FORMAT.containsKey(format)) {
      return Optional.ofNullable(BY_KEY_FORMAT.get(format));
    }
    if (key.rawUri().regionMatches(true, 0, FAIRPLAY_SCHEME, 0, FAIRPLAY_SCHEME.length())) {
      return Optional.of(DrmScheme.FAIRPLAY);
    }
    if (key.method().startsWith(SAMPLE_AES)) {
      return Optional.of(DrmScheme.SAMPLE_AES);
    }
    return format.equals(Key.IDENTITY) ? Optional.empty() : Optional.of(DrmScheme.UNKNOWN);
  }
}
