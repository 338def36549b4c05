package io.github.streamingserver.session;

import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.provider.ProviderRegistry;
import org.apache.pekko.actor.typed.ActorRef;

/** Requests to browse → questions to the registry. Pure. */
final class Browsing {
  private Browsing() {}

  /** The question behind a request that {@link ClientSession} has found to be one to browse. */
  static ProviderRegistry.Command question(
      ClientMessage request, ActorRef<ProviderRegistry.Listing> replyTo) {
    return request instanceof ClientMessage.Browse browse
        ? new ProviderRegistry.Browse(browse.provider(), browse.dataDir(), query(browse), replyTo)
        : new ProviderRegistry.ListProviders(replyTo);
  }

  private static ProviderRegistry.Query query(ClientMessage.Browse browse) {
    return switch (browse) {
      case ClientMessage.GetCategories _ -> new ProviderRegistry.Categories();
      case ClientMessage.GetMediaItems items ->
          new ProviderRegistry.Items(items.category(), items.page());
      case ClientMessage.Search search -> new ProviderRegistry.Search(search.term(), search.page());
    };
  }
}
