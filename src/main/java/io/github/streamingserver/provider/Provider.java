package io.github.streamingserver.provider;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Browses what one site offers, and knows how its items are reached. Called from several threads;
 * never blocks, never throws: what goes wrong fails the stage, best with a {@link
 * io.github.streamingserver.model.StreamException}.
 */
public interface Provider extends AutoCloseable {
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

  /** The streams behind an item's address: that address itself, unless a provider knows better. */
  default CompletionStage<ItemStreams> streams(ItemQuery item) {
    return CompletableFuture.completedStage(
        new ItemStreams(List.of(StreamCandidate.of(item.url())), item.session()));
  }

  /** It is not needed any more: updates stop. Requests that are on their way are still answered. */
  @Override
  default void close() {}
}
