package io.github.streamingserver.recorder;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.http.TextPage;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.resolver.HlsLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.Materializer;

/** Fetches media playlists, again where time may heal. Safe for use from any thread. */
final class PlaylistFetcher {
  private final HlsSettings settings;
  private final PlaylistLimits limits;

  PlaylistFetcher(HlsSettings settings) {
    this.settings = settings;
    this.limits = HlsLimits.of(settings);
  }

  /** The media playlist of {@code source}. Fails with a {@link StreamException}. */
  CompletionStage<MediaPlaylist> fetch(
      MediaSource.Hls source, Fetching fetching, Materializer materializer) {
    TextFetcher pages = new TextFetcher(fetching.fetcher(), materializer, fetching.clock());
    return new Run(source, fetching, pages, materializer, fetching.clock().instant())
        .attempt(RetryPolicy.Failures.NONE);
  }

  private MediaPlaylist parse(TextPage page, Map<String, String> imported) {
    try {
      Playlist playlist = PlaylistParser.parse(page.text(), page.url(), imported, limits);
      if (playlist instanceof MediaPlaylist media) {
        return media;
      }
      throw new StreamException(
          new StreamFailure.Failed(Urls.shown(page.url()) + " is no media playlist any more"));
    } catch (PlaylistException e) {
      throw new StreamException(
          new StreamFailure.Failed(Urls.shown(page.url()) + ": " + e.getMessage()), e);
    }
  }

  /** One playlist on its way. */
  private final class Run {
    private final MediaSource.Hls source;
    private final Fetching fetching;
    private final TextFetcher pages;
    private final Materializer materializer;
    private final Instant begun;

    private Run(
        MediaSource.Hls source,
        Fetching fetching,
        TextFetcher pages,
        Materializer materializer,
        Instant begun) {
      this.source = source;
      this.fetching = fetching;
      this.pages = pages;
      this.materializer = materializer;
      this.begun = begun;
    }

    private CompletionStage<MediaPlaylist> attempt(RetryPolicy.Failures before) {
      return pages
          .fetch(HttpFetch.text(source.url()), fetching.session(), settings.maxPlaylistSize())
          .thenApply(page -> parse(page, source.variables()))
          .exceptionallyCompose(error -> again(error, before.plus(error)));
    }

    private CompletionStage<MediaPlaylist> again(Throwable error, RetryPolicy.Failures failures) {
      Duration spent = Duration.between(begun, fetching.clock().instant());
      return switch (fetching.starting().next(error, spent, failures)) {
        case RetryPolicy.Decision.GiveUp _ -> CompletableFuture.failedFuture(error);
        case RetryPolicy.Decision.Retry(var delay) ->
            Patterns.after(delay, materializer.system(), () -> attempt(failures));
      };
    }
  }
}
