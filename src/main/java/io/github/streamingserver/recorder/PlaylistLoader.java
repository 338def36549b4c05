package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.recorder.HlsSource.Track;
import io.github.streamingserver.recorder.ReloadRules.Way;
import io.github.streamingserver.recorder.StreamAccess.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Loads the media playlist of one track of a recording by whatever way is decided on. */
final class PlaylistLoader {
  /**
   * A playlist, and how it was reached.
   *
   * @param begun when its request was sent
   */
  record Loaded(Route route, MediaPlaylist playlist, Instant begun) {}

  private final Track track;
  private final StreamAccess access;
  private final PlaylistFetcher playlists;
  private final InstantSource clock;

  PlaylistLoader(Track track, StreamAccess access, PlaylistFetcher playlists, InstantSource clock) {
    this.track = track;
    this.access = access;
    this.playlists = playlists;
    this.clock = clock;
  }

  /** The playlist, reached that way. Fails as {@link PlaylistFetcher} does. */
  CompletionStage<Loaded> load(Way way) {
    return switch (way) {
      case SAME -> {
        access.keepFresh();
        yield load(access.route());
      }
      case RENEWED -> access.renew().thenCompose(_ -> load(access.route()));
      case REOPENED -> access.reopen().thenCompose(_ -> load(access.route()));
      case FALLBACK -> {
        Route present = access.route();
        yield firstFrom(present)
            .exceptionallyCompose(this::reopened)
            .thenApply(
                loaded -> {
                  access.use(present, loaded.route());
                  return loaded;
                });
      }
    };
  }

  private CompletionStage<Loaded> reopened(Throwable error) {
    return access
        .reopen()
        .thenCompose(found -> found ? load(access.route()) : CompletableFuture.failedFuture(error));
  }

  /**
   * The first variant that can be loaded, this one or one after it; the failure of this one where
   * none can.
   */
  private CompletionStage<Loaded> firstFrom(Route route) {
    return load(route)
        .exceptionallyCompose(
            error ->
                route
                    .next()
                    .map(this::firstFrom)
                    .orElseGet(() -> CompletableFuture.failedFuture(error))
                    .exceptionallyCompose(_ -> CompletableFuture.failedFuture(error)));
  }

  private CompletionStage<Loaded> load(Route route) {
    Instant begun = clock.instant();
    MediaSource.Hls source = route.source();
    return playlists
        .load(track.of(route.variant()), route.session(), source.variables())
        .thenApply(playlist -> new Loaded(route, playlist, begun));
  }
}
