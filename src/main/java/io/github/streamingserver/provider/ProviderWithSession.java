package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Has the headers, cookies and proxy of a provider's owner hold for the streams of its items as
 * well, behind what a client asks for. Each stream's cookies go their own way.
 */
record ProviderWithSession(Provider provider, HttpSession session) implements Provider {
  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return provider.categories();
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return provider.items(category, page);
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return provider.search(term, page);
  }

  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    return provider.streams(
        new ItemQuery(item.url(), item.session().over(session), item.showAds()));
  }

  @Override
  public void close() {
    provider.close();
  }
}
