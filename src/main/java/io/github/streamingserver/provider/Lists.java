package io.github.streamingserver.provider;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Asks a provider for what a client wants listed, and gives it the order that clients expect. */
final class Lists {
  private static final String NAME = "name";

  private Lists() {}

  static CompletionStage<List<JsonObject>> ask(
      Provider provider, ProviderId id, ProviderRegistry.Query query) {
    return switch (query) {
      case ProviderRegistry.Categories _ ->
          provider.categories().thenApply(list -> byName(id, complete(id, list)));
      case ProviderRegistry.Items(var category, var page) ->
          provider.items(category, page).thenApply(list -> complete(id, list));
      case ProviderRegistry.Search(var term, var page) ->
          provider.search(term, page).thenApply(list -> complete(id, list));
    };
  }

  private static List<JsonObject> complete(ProviderId id, List<JsonObject> list) {
    if (list == null || list.stream().anyMatch(Objects::isNull)) {
      throw new StreamException(
          new StreamFailure.Failed("Provider '%s' gave null for a list or in it".formatted(id)));
    }
    return list;
  }

  private static List<JsonObject> byName(ProviderId id, List<JsonObject> categories) {
    Comparator<JsonObject> byName =
        Comparator.comparing(
            category -> category.text(NAME).orElse(""), String.CASE_INSENSITIVE_ORDER);
    return categories.stream()
        .map(category -> category.with(ProviderManifest.PROVIDER_ID, id.value()))
        .sorted(byName)
        .toList();
  }
}
