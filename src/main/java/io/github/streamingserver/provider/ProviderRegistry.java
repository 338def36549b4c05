package io.github.streamingserver.provider;

import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Knows the providers and browses them. One provider, the last that was browsed, is kept in memory;
 * it is made anew when its config.json has changed. Every request is answered, whatever a provider
 * does.
 */
public final class ProviderRegistry extends AbstractBehavior<ProviderRegistry.Command> {
  /** What the registry takes. */
  public sealed interface Command {}

  /** Every provider, by title. */
  public record ListProviders(ActorRef<Listing> replyTo) implements Command {}

  /**
   * What one provider offers.
   *
   * @param dataDir the folder under which the provider has its own
   */
  public record Browse(ProviderId provider, Path dataDir, Query query, ActorRef<Listing> replyTo)
      implements Command {}

  /** One provider's manifest. */
  public record Find(ProviderId provider, ActorRef<Lookup> replyTo) implements Command {}

  /** What to browse. */
  public sealed interface Query {}

  /** All categories. */
  public record Categories() implements Query {}

  /** The items of a category. */
  public record Items(JsonObject category, Page page) implements Query {}

  /** The items under a term. */
  public record Search(String term, Page page) implements Query {}

  /** The reply to a request for a list. */
  public sealed interface Listing {}

  /** The list. */
  public record Listed(List<JsonObject> items) implements Listing {}

  /** Why there is none. */
  public record NotListed(StreamFailure failure) implements Listing {}

  /** The reply to {@link Find}. */
  public sealed interface Lookup {}

  /** There it is. */
  public record Found(ProviderManifest manifest) implements Lookup {}

  /** There is none that can be used. */
  public record NotFound(StreamFailure failure) implements Lookup {}

  private record Loaded(ProviderContext context, Query query, ActorRef<Listing> replyTo)
      implements Command {}

  private record NotLoaded(StreamFailure failure, ActorRef<Listing> replyTo) implements Command {}

  private record Active(ProviderContext context, Provider provider) {}

  private static final String BLOCKING = "streamingserver.blocking-dispatcher";
  private static final String NAME = "name";

  private final ProviderSettings settings;
  private final HttpFetcher fetcher;
  private final ProviderFolders folders;
  private final Executor blocking;
  private Optional<Active> active = Optional.empty();

  /** A registry of the providers in the folder that {@code settings} name. */
  public static Behavior<Command> create(ProviderSettings settings, HttpFetcher fetcher) {
    return Behaviors.setup(context -> new ProviderRegistry(context, settings, fetcher));
  }

  private ProviderRegistry(
      ActorContext<Command> context, ProviderSettings settings, HttpFetcher fetcher) {
    super(context);
    this.settings = settings;
    this.fetcher = fetcher;
    this.folders = new ProviderFolders(settings);
    this.blocking =
        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Command.class, this::onCommand).build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case ListProviders(var replyTo) -> onListProviders(replyTo);
      case Browse browse -> onBrowse(browse);
      case Find(var provider, var replyTo) -> onFind(provider, replyTo);
      case Loaded(var context, var query, var replyTo) -> onLoaded(context, query, replyTo);
      case NotLoaded(var failure, var replyTo) -> refuse(failure, replyTo);
    };
  }

  private Behavior<Command> onListProviders(ActorRef<Listing> replyTo) {
    answer(
        CompletableFuture.supplyAsync(folders::list, blocking)
            .thenApply(list -> list.stream().map(ProviderManifest::config).toList()),
        replyTo);
    return this;
  }

  private Behavior<Command> onFind(ProviderId provider, ActorRef<Lookup> replyTo) {
    var _ =
        CompletableFuture.supplyAsync(() -> folders.read(provider), blocking)
            .handle(
                (manifest, error) ->
                    error == null ? new Found(manifest) : new NotFound(failure(error)))
            .thenAccept(replyTo::tell);
    return this;
  }

  private Behavior<Command> onBrowse(Browse browse) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> load(browse.provider(), browse.dataDir()), blocking),
            (context, error) ->
                context == null
                    ? new NotLoaded(failure(error), browse.replyTo())
                    : new Loaded(context, browse.query(), browse.replyTo()));
    return this;
  }

  /** On the blocking dispatcher. */
  private ProviderContext load(ProviderId provider, Path dataDir) {
    ProviderManifest manifest = folders.read(provider);
    try {
      Path folder = settings.dataRoots().resolve(dataDir).resolve(provider.value());
      return new ProviderContext(manifest, Files.createDirectories(folder), fetcher);
    } catch (IllegalArgumentException e) {
      throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed("data_dir " + dataDir + " can't be written: " + e), e);
    }
  }

  private Behavior<Command> onLoaded(
      ProviderContext context, Query query, ActorRef<Listing> replyTo) {
    try {
      if (active.isEmpty() || !active.get().context().equals(context)) {
        active = Optional.of(new Active(context, ProviderKinds.create(context)));
      }
      answer(list(context.manifest().id(), active.get().provider(), query), replyTo);
    } catch (RuntimeException e) {
      getContext().getLog().warn("Provider [{}] failed", context.manifest().id(), e);
      refuse(StreamException.failureOf(e), replyTo);
    }
    return this;
  }

  private static CompletionStage<List<JsonObject>> list(
      ProviderId id, Provider provider, Query query) {
    return switch (query) {
      case Categories _ -> provider.categories().thenApply(list -> byName(id, list));
      case Items(var category, var page) -> provider.items(category, page);
      case Search(var term, var page) -> provider.search(term, page);
    };
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

  private Behavior<Command> refuse(StreamFailure failure, ActorRef<Listing> replyTo) {
    replyTo.tell(new NotListed(failure));
    return this;
  }

  /** Touches no field: it may run on another thread. */
  private static void answer(CompletionStage<List<JsonObject>> list, ActorRef<Listing> replyTo) {
    var _ =
        list.handle(
                (items, error) -> items == null ? new NotListed(failure(error)) : new Listed(items))
            .thenAccept(replyTo::tell);
  }

  private static StreamFailure failure(@Nullable Throwable error) {
    return error == null
        ? new StreamFailure.Failed("The provider gave no list")
        : StreamException.failureOf(error);
  }
}
