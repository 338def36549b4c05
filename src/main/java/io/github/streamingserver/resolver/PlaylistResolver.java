package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.hls.Rendition;
import io.github.streamingserver.hls.Variant;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.resolver.StreamProbe.Found;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A playlist → the variant to record, and the recorder for it. Safe for use from any thread. */
final class PlaylistResolver {
  private static final String HLS_TAG = "#EXT-X-";

  private final StreamProbe probe;
  private final PlaylistLimits limits;

  PlaylistResolver(StreamProbe probe, HlsSettings settings) {
    this.probe = probe;
    this.limits = HlsLimits.of(settings);
  }

  /** The stream behind a playlist. Fails with a {@link StreamException}. */
  CompletionStage<MediaSource> resolve(
      Found.Playlist found, HttpSession session, Quality quality, boolean av1) {
    return switch (parse(found, Map.of())) {
      case MediaPlaylist media ->
          CompletableFuture.completedStage(
              source(media, found.url(), found.url(), false, "", Map.of()));
      case MultivariantPlaylist master -> {
        Variant variant = VariantSelection.choose(master.variants(), quality, av1);
        boolean separateAudio = hasSeparateAudio(master, variant);
        String chosen = VariantSelection.height(variant) + "p";
        yield probe
            .probe(variant.uri(), session)
            .thenApply(
                inner ->
                    source(
                        media(inner, variant, master.variables()),
                        url(inner, variant),
                        found.url(),
                        separateAudio,
                        chosen,
                        master.variables()));
      }
    };
  }

  private Playlist parse(Found.Playlist found, Map<String, String> imported) {
    String text = found.content().utf8String();
    if (!text.contains(HLS_TAG)) {
      throw failed(
          found.url(), "a list of channels, not a stream; give the address of one channel");
    }
    try {
      Playlist playlist = PlaylistParser.parse(text, found.url(), imported, limits);
      PlaylistDrm.of(playlist)
          .ifPresent(
              scheme -> {
                throw new StreamException(new StreamFailure.DrmProtected(scheme));
              });
      return playlist;
    } catch (PlaylistException e) {
      throw failed(found.url(), "a playlist that can't be read: " + e.getMessage());
    }
  }

  private MediaPlaylist media(Found found, Variant variant, Map<String, String> imported) {
    if (found instanceof Found.Playlist playlist
        && parse(playlist, imported) instanceof MediaPlaylist media) {
      return media;
    }
    throw failed(variant.uri(), "no media playlist, though a multivariant one names it so");
  }

  /** Whether a variant's audio is in a playlist of its own (RFC 8216 §4.3.4.2.1). */
  private static boolean hasSeparateAudio(MultivariantPlaylist master, Variant variant) {
    return variant.groups().audio().stream()
        .flatMap(group -> master.renditions(Rendition.Type.AUDIO, group).stream())
        .anyMatch(rendition -> rendition.uri().isPresent());
  }

  private static URI url(Found found, Variant variant) {
    return found instanceof Found.Playlist playlist ? playlist.url() : variant.uri();
  }

  private static MediaSource source(
      MediaPlaylist media,
      URI url,
      URI master,
      boolean separateAudio,
      String quality,
      Map<String, String> variables) {
    if (media.segments().isEmpty() && media.endList()) {
      throw failed(url, "a playlist without segments");
    }
    return new MediaSource.Hls(url, master, recorder(media, separateAudio), quality, variables);
  }

  private static RecorderId recorder(MediaPlaylist media, boolean separateAudio) {
    if (!media.endList()) {
      return RecorderId.HLS_LIVE;
    }
    boolean fragmented = media.segments().stream().anyMatch(s -> s.map().isPresent());
    return fragmented || separateAudio ? RecorderId.HLS_M4S : RecorderId.HLS_BASIC;
  }

  private static StreamException failed(URI url, String what) {
    return new StreamException(new StreamFailure.Failed(Urls.shown(url) + " is " + what));
  }
}
