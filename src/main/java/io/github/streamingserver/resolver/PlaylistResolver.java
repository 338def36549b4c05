package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A playlist → the variant to record, and the recorder for it. Safe for use from any thread. */
final class PlaylistResolver {
  private static final String HLS_TAG = "#EXT-X-";

  private final StreamProbe probe;
  private final PlaylistParser parser;

  PlaylistResolver(StreamProbe probe, HlsSettings settings) {
    this.probe = probe;
    this.parser =
        new PlaylistParser(
            new PlaylistLimits(
                settings.maxPlaylistSize(), PlaylistLimits.LINE_LENGTH, settings.maxSegments()));
  }

  /** The stream behind a playlist. Fails with a {@link StreamException}. */
  CompletionStage<MediaSource> resolve(
      Found.Playlist found, HttpSession session, Quality quality, boolean av1) {
    return switch (parse(found)) {
      case MediaPlaylist media ->
          CompletableFuture.completedStage(source(media, found.url(), found.url(), false, ""));
      case MultivariantPlaylist master -> {
        Variant variant = VariantSelection.choose(master.variants(), quality, av1);
        boolean separateAudio = master.hasSeparateAudio(variant);
        String chosen = VariantSelection.height(variant) + "p";
        yield probe
            .probe(variant.uri(), session)
            .thenApply(
                inner ->
                    source(
                        media(inner, variant),
                        url(inner, variant),
                        found.url(),
                        separateAudio,
                        chosen));
      }
    };
  }

  private Playlist parse(Found.Playlist found) {
    String text = found.content().utf8String();
    if (!text.contains(HLS_TAG)) {
      throw failed(
          found.url(), "a list of channels, not a stream; give the address of one channel");
    }
    try {
      Playlist playlist = parser.parse(text, found.url());
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

  private MediaPlaylist media(Found found, Variant variant) {
    if (found instanceof Found.Playlist playlist
        && parse(playlist) instanceof MediaPlaylist media) {
      return media;
    }
    throw failed(variant.uri(), "no media playlist, though a multivariant one names it so");
  }

  private static URI url(Found found, Variant variant) {
    return found instanceof Found.Playlist playlist ? playlist.url() : variant.uri();
  }

  private static MediaSource source(
      MediaPlaylist media, URI url, URI master, boolean separateAudio, String quality) {
    if (media.segments().isEmpty() && media.endList()) {
      throw failed(url, "a playlist without segments");
    }
    return new MediaSource.Hls(url, master, recorder(media, separateAudio), quality);
  }

  private static RecorderId recorder(MediaPlaylist media, boolean separateAudio) {
    if (!media.endList()) {
      return RecorderId.HLS_LIVE;
    }
    return media.isFragmented() || separateAudio ? RecorderId.HLS_M4S : RecorderId.HLS_BASIC;
  }

  private static StreamException failed(URI url, String what) {
    return new StreamException(new StreamFailure.Failed(Urls.shown(url) + " is " + what));
  }
}
