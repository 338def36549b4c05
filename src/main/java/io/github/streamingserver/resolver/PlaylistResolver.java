package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class PlaylistResolver {
  CompletionStage<MediaSource> resolve(
      StreamProbe.Found.Playlist playlist, HttpSession session, Quality quality, boolean av1) {
    return CompletableFuture.failedFuture(new StreamException(new StreamFailure.Failed("soon")));
  }
}
