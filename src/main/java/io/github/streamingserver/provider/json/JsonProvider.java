package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.StreamCandidate;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A list of channels in JSON, as config.json describes it: see {@link ListSpec}. */
public final class JsonProvider implements Provider {
  /** The kind in config.json. */
  public static final String KIND = "json";

  private final ListSource list;
  private final boolean licensed;
  private final InstantSource clock;
  private final ZoneId zone = ZoneId.systemDefault();

  private JsonProvider(ListSource list, boolean licensed, InstantSource clock) {
    this.list = list;
    this.licensed = licensed;
    this.clock = clock;
  }

  /**
   * A provider of the list that its manifest describes.
   *
   * @throws StreamException where config.json can't be used
   */
  public static JsonProvider create(ProviderContext context) {
    return create(context, context.manifest().config(), UnaryOperator.identity());
  }

  /** The same of a list that {@code config} describes, each channel edited as it comes. */
  public static JsonProvider create(
      ProviderContext context, JsonObject config, UnaryOperator<Channel> edit) {
    try {
      ListSpec spec = ListSpec.of(config, context.settings());
      return new JsonProvider(
          new ListSource(context, spec, edit), spec.license().isPresent(), context.clock());
    } catch (IllegalArgumentException e) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Provider '%s', config.json: %s".formatted(context.manifest().id(), e.getMessage())),
          e);
    }
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return list.list().thenApply(ChannelList::categories);
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return list.list().thenApply(it -> it.items(category, page, clock.instant(), zone));
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return list.list().thenApply(it -> it.search(term, page, clock.instant(), zone));
  }

  /** Refuses what the list says is protected; a list that can't be had refuses nothing. */
  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    ItemStreams streams = new ItemStreams(List.of(StreamCandidate.of(item.url())), item.session());
    if (!licensed) {
      return CompletableFuture.completedStage(streams);
    }
    return list.list()
        .thenApply(it -> it.at(item.url().toString()).flatMap(Channel::license).isPresent())
        .exceptionally(_ -> false)
        .thenApply(
            isProtected -> {
              if (isProtected) {
                throw new StreamException(new StreamFailure.DrmProtected(DrmScheme.UNKNOWN));
              }
              return streams;
            });
  }

  @Override
  public void close() {
    list.close();
  }
}
