package io.github.streamingserver.drm;

import io.github.streamingserver.hls.Key;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.DrmScheme;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a playlist is protected: by a key's method or format alone. AES-128 with an identity key
 * is transport encryption, and words in paths prove nothing. Pure.
 */
public final class PlaylistDrm {
  private static final String SAMPLE_AES = "SAMPLE-AES";
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String PLAYREADY = "com.microsoft.playready";
  private static final String PLAYREADY_SYSTEM = "9a04f079-9840-4286-ab92-e65be0885f95";
  private static final String FAIRPLAY = "com.apple.streamingkeydelivery";
  private static final String FAIRPLAY_SCHEME = "skd://";

  private PlaylistDrm() {}

  /** The system that protects some part of {@code playlist}. */
  public static Optional<DrmScheme> of(Playlist playlist) {
    return switch (playlist) {
      case MultivariantPlaylist master -> of(master.sessionKeys());
      case MediaPlaylist media ->
          media.segments().stream()
              .map(Segment::keys)
              .distinct()
              .flatMap(keys -> of(keys).stream())
              .findFirst();
    };
  }

  /**
   * The system behind {@code keys}, each a way to decrypt the same media; the one with a name
   * before others.
   */
  public static Optional<DrmScheme> of(List<Key> keys) {
    return keys.stream().flatMap(key -> of(key).stream()).min(Comparator.naturalOrder());
  }

  /** The system behind one key. */
  public static Optional<DrmScheme> of(Key key) {
    String format = key.keyFormat().toLowerCase(Locale.ROOT);
    if (format.contains(WIDEVINE)) {
      return Optional.of(DrmScheme.WIDEVINE);
    }
    if (format.contains(PLAYREADY) || format.contains(PLAYREADY_SYSTEM)) {
      return Optional.of(DrmScheme.PLAYREADY);
    }
    if (format.contains(FAIRPLAY) || key.rawUri().startsWith(FAIRPLAY_SCHEME)) {
      return Optional.of(DrmScheme.FAIRPLAY);
    }
    if (key.method().startsWith(SAMPLE_AES)) {
      return Optional.of(DrmScheme.SAMPLE_AES);
    }
    return format.equals(Key.IDENTITY) ? Optional.empty() : Optional.of(DrmScheme.UNKNOWN);
  }
}
