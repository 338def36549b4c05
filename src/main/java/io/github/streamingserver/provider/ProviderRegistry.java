package io.github.streamingserver.provider;

import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.SystemMaterializer;
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

  /** The streams behind an item of a provider. */
  public record FindStreams(ProviderId provider, ItemQuery item, ActorRef<Streams> replyTo)
      implements Command {}

  /** The reply to {@link FindStreams}. */
  public sealed interface Streams {}

  /** There they are. */
  public record StreamsFound(ItemStreams streams) implements Streams {}

  /**
   * Why there are none.
   *
   * @param cause for who decides whether to try again
   */
  public record NoStreams(Throwable cause) implements Streams {}

  private record Loaded(Source source, Consumer<Provider> use, Consumer<Throwable> refuse)
      implements Command {}

  private record NotLoaded(Throwable cause, Consumer<Throwable> refuse) implements Command {}

  /** What a provider is made from: it is made anew where any of this has changed. */
  private record Source(ProviderManifest manifest, Path dataFolder) {}

  private record Active(Source source, Provider provider) {}

  /** Where a provider's data are if its client has named no folder. */
  private static final Path DEFAULT_DATA = Path.of("/tmp/data");

  private static final String BLOCKING = "streamingserver.blocking-dispatcher";
  private static final String NAME = "name";

  private final ProviderSettings settings;
  private final HttpFetcher fetcher;
  private final InstantSource clock;
  private final ProviderFolders folders;
  private final Executor blocking;
  private final TextFetcher pages;
  private Optional<Active> active = Optional.empty();

  /** A registry of the providers in the folder that {@code settings} name. */
  public static Behavior<Command> create(
      ProviderSettings settings, HttpFetcher fetcher, InstantSource clock) {
    return Behaviors.setup(context -> new ProviderRegistry(context, settings, fetcher, clock));
  }

  private ProviderRegistry(
      ActorContext<Command> context,
      ProviderSettings settings,
      HttpFetcher fetcher,
      InstantSource clock) {
    super(context);
    this.settings = settings;
    this.fetcher = fetcher;
    this.clock = clock;
    this.folders = new ProviderFolders(settings);
    this.blocking =
        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
    this.pages =
        new TextFetcher(fetcher, SystemMaterializer.get(context.getSystem()).materializer(), clock);
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
      case FindStreams find -> onFindStreams(find);
      case Loaded loaded -> onLoaded(loaded);
      case NotLoaded(var cause, var refuse) -> onNotLoaded(cause, refuse);
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
    ActorRef<Listing> replyTo = browse.replyTo();
    return use(
        browse.provider(),
        browse.dataDir(),
        provider -> answer(list(browse.provider(), provider, browse.query()), replyTo),
        cause -> replyTo.tell(new NotListed(StreamException.failureOf(cause))));
  }

  private Behavior<Command> onFindStreams(FindStreams find) {
    Consumer<Throwable> refuse = cause -> find.replyTo().tell(new NoStreams(cause));
    return use(
        find.provider(),
        DEFAULT_DATA,
        provider -> {
          var _ =
              provider
                  .streams(find.item())
                  .<Streams>thenApply(StreamsFound::new)
                  .exceptionally(NoStreams::new)
                  .thenAccept(find.replyTo()::tell);
        },
        refuse);
  }

  private Behavior<Command> use(
      ProviderId id, Path dataDir, Consumer<Provider> use, Consumer<Throwable> refuse) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> source(id, dataDir), blocking),
            (source, error) ->
                source == null
                    ? new NotLoaded(missing(error), refuse)
                    : new Loaded(source, use, refuse));
    return this;
  }

  /** On the blocking dispatcher. */
  private Source source(ProviderId provider, Path dataDir) {
    ProviderManifest manifest = folders.read(provider);
    try {
      Path folder = settings.dataRoots().resolve(dataDir).resolve(provider.value());
      return new Source(manifest, Files.createDirectories(folder));
    } catch (IllegalArgumentException e) {
      throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed("data_dir " + dataDir + " can't be written: " + e), e);
    }
  }

  private Behavior<Command> onLoaded(Loaded loaded) {
    ProviderId id = loaded.source().manifest().id();
    try {
      if (active.isEmpty() || !active.get().source().equals(loaded.source())) {
        Provider provider = ProviderKinds.create(context(loaded.source()));
        active.ifPresent(previous -> previous.provider().close());
        active = Optional.of(new Active(loaded.source(), provider));
      }
      loaded.use().accept(active.get().provider());
    } catch (RuntimeException e) {
      getContext().getLog().warn("Provider [{}] failed", id, e);
      loaded.refuse().accept(e);
    }
    return this;
  }

  private ProviderContext context(Source source) {
    ProviderManifest manifest = source.manifest();
    return new ProviderContext(
        manifest,
        settings.folder().resolve(manifest.id().value()),
        source.dataFolder(),
        settings.own(manifest.id()),
        HttpSession.empty(),
        fetcher,
        pages,
        blocking,
        clock);
  }

  private Behavior<Command> onNotLoaded(Throwable cause, Consumer<Throwable> refuse) {
    refuse.accept(cause);
    return this;
  }

  private static Throwable missing(@Nullable Throwable error) {
    return error == null ? new IllegalStateException("no provider") : error;
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
