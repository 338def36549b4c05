package io.github.streamingserver.recorder;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.http.TextPage;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.resolver.HlsLimits;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Loads media playlists. Safe for use from any thread. */
final class PlaylistFetcher {
  private final TextFetcher pages;
  private final int maxSize;
  private final PlaylistLimits limits;

  PlaylistFetcher(TextFetcher pages, HlsSettings settings) {
    this.pages = pages;
    this.maxSize = settings.maxPlaylistSize();
    this.limits = HlsLimits.of(settings);
  }

  /**
   * The media playlist at {@code url}, by one request. Fails with a {@link StreamException}.
   *
   * @param imported what the multivariant playlist defined
   */
  CompletionStage<MediaPlaylist> load(URI url, HttpSession session, Map<String, String> imported) {
    return pages
        .fetch(HttpFetch.text(url), session, maxSize)
        .thenApply(page -> parse(page, imported));
  }

  private MediaPlaylist parse(TextPage page, Map<String, String> imported) {
    try {
      Playlist playlist = PlaylistParser.parse(page.text(), page.url(), imported, limits);
      if (playlist instanceof MediaPlaylist media) {
        return media;
      }
      throw failed(page, "is no media playlist any more");
    } catch (PlaylistException e) {
      throw failed(page, "is no playlist that can be read: " + e.getMessage());
    }
  }

  private static StreamException failed(TextPage page, String what) {
    return new StreamException(new StreamFailure.Failed(Urls.shown(page.url()) + " " + what));
  }
}
