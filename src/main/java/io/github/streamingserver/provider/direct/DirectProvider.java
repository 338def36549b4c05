package io.github.streamingserver.provider.direct;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.provider.Provider;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Any address, and a list of such in config.json: {@code "items": [{"category", "title", "url"},
 * …]}. Items without a category are in one called "All".
 */
public final class DirectProvider implements Provider {
  private static final String ITEMS = "items";
  private static final String CATEGORY = "category";
  private static final String NAME = "name";
  private static final String TITLE = "title";
  private static final String ALL = "All";

  private final List<JsonObject> items;

  /** A provider of the items that {@code config} lists. */
  public DirectProvider(JsonObject config) {
    this.items = config.objects(ITEMS);
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return done(
        items.stream()
            .map(DirectProvider::category)
            .distinct()
            .map(name -> JsonObject.of(NAME, name))
            .toList());
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    String name = category.text(NAME).orElse(ALL);
    return done(page.of(items.stream().filter(item -> category(item).equals(name)).toList()));
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    String wanted = term.toLowerCase(Locale.ROOT);
    return done(page.of(items.stream().filter(item -> matches(item, wanted)).toList()));
  }

  private static boolean matches(JsonObject item, String term) {
    return item.text(TITLE)
        .or(() -> item.text(NAME))
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .contains(term);
  }

  private static String category(JsonObject item) {
    return item.text(CATEGORY).orElse(ALL);
  }

  private static CompletionStage<List<JsonObject>> done(List<JsonObject> list) {
    return CompletableFuture.completedStage(list);
  }
}
