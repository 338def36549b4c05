package io.github.streamingserver.resolver;

import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import java.util.concurrent.CompletionStage;

/**
 * Finds the stream behind an item's address. Called from several threads; never blocks, never
 * throws: what goes wrong fails the stage with a {@link
 * io.github.streamingserver.model.StreamException}.
 */
public interface Resolver {
  /**
   * Looks once; the caller tries again where time may heal.
   *
   * @param quality what is wanted, with the provider's own already in place
   */
  CompletionStage<ResolvedMedia> resolve(RecordingRequest request, Quality quality);
}
