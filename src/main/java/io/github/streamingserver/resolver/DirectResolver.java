package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;

/** The address is the stream itself, or a playlist that leads to it. */
public final class DirectResolver implements Resolver {
  private final StreamProbe probe;
  private final PlaylistResolver playlists;

  /**
   * A resolver whose streams end with {@code materializer}.
   *
   * @param clock what a Retry-After date is held against
   */
  public DirectResolver(
      HttpFetcher fetcher, HlsSettings settings, InstantSource clock, Materializer materializer) {
    this.probe = new StreamProbe(fetcher, materializer, clock, settings.maxPlaylistSize());
    this.playlists = new PlaylistResolver(probe, settings);
  }

  @Override
  public CompletionStage<ResolvedMedia> resolve(RecordingRequest request, Quality quality) {
    HttpSession session = session(request);
    URI url = request.url();
    return probe
        .probe(url, session)
        .thenCompose(
            found ->
                switch (found) {
                  case StreamProbe.Found.File(var extension) ->
                      CompletableFuture.<MediaSource>completedStage(
                          new MediaSource.Progressive(url, extension, ""));
                  case StreamProbe.Found.Playlist playlist ->
                      playlists.resolve(playlist, session, quality, request.av1());
                })
        .thenApply(source -> new ResolvedMedia(source, session));
  }

  /** The request's own headers and cookies; cookies go to the host of its address alone. */
  private static HttpSession session(RecordingRequest request) {
    HttpSession session = HttpSession.empty();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      session = session.withHeader(header.getKey(), header.getValue());
    }
    session
        .cookies()
        .store(
            request.url(),
            Arrays.stream(request.cookies().split(";", -1))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .map(cookie -> cookie + "; Path=/")
                .toList());
    return session;
  }
}
