package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.resolver.StreamProbe.Found;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;

/** The address of a stream, or of a playlist that leads to it → what to record. Thread-safe. */
public final class StreamOpener {
  private final StreamProbe probe;
  private final PlaylistResolver playlists;

  /**
   * An opener whose streams end with {@code materializer}.
   *
   * @param clock what a Retry-After date is held against
   */
  public StreamOpener(
      HttpFetcher fetcher, HlsSettings settings, InstantSource clock, Materializer materializer) {
    this.probe = new StreamProbe(fetcher, materializer, clock, settings.maxPlaylistSize());
    this.playlists = new PlaylistResolver(probe, settings);
  }

  /**
   * What is behind {@code url}. Fails with a {@link
   * io.github.streamingserver.model.StreamException}.
   *
   * @param av1 whether AV1 and 2160p may be chosen freely
   */
  public CompletionStage<MediaSource> open(
      URI url, HttpSession session, Quality quality, boolean av1) {
    return look(url, session).thenCompose(found -> open(url, found, session, quality, av1));
  }

  /** What {@code url} holds, to be judged by {@link #picture} before it is opened. */
  CompletionStage<Found> look(URI url, HttpSession session) {
    return probe.probe(url, session);
  }

  /**
   * The picture that opening would lead to, where looking has told.
   *
   * @throws io.github.streamingserver.model.StreamException where it can't be opened
   */
  Optional<Picture> picture(Found found, Quality quality, boolean av1) {
    return found instanceof Found.Playlist playlist
        ? playlists.picture(playlist, quality, av1)
        : Optional.empty();
  }

  /** As {@link #open(URI, HttpSession, Quality, boolean)}, of what was looked at already. */
  CompletionStage<MediaSource> open(
      URI url, Found found, HttpSession session, Quality quality, boolean av1) {
    return switch (found) {
      case Found.File(var extension) ->
          CompletableFuture.completedStage(new MediaSource.Progressive(url, extension, ""));
      case Found.Playlist playlist -> playlists.resolve(playlist, session, quality, av1);
    };
  }
}
