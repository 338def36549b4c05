package io.github.streamingserver.provider;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Browses what one site offers. Called from several threads; never blocks, never throws: what goes
 * wrong fails the stage, best with a {@link io.github.streamingserver.model.StreamException}.
 */
public interface Provider {
  /** Categories, each with a {@code name}; whatever else they hold comes back in {@link #items}. */
  CompletionStage<List<JsonObject>> categories();

  /**
   * Items of a category, each with a {@code url} and a {@code title} or {@code name}.
   *
   * @param category as it came from {@link #categories}, by way of the client
   */
  CompletionStage<List<JsonObject>> items(JsonObject category, Page page);

  /** Items that a person would expect under this term. */
  CompletionStage<List<JsonObject>> search(String term, Page page);
}
