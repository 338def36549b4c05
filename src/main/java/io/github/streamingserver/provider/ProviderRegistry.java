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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.SystemMaterializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the providers and browses them. The last few that were used are kept in memory, and made
 * anew when their folder has changed; requests on their way are answered by the old one, which is
 * closed then. Every request is answered within {@code providers.request-timeout}, whatever a
 * provider does.
 */
public final class ProviderRegistry extends AbstractBehavior<ProviderRegistry.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderRegistry.class);

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

  private record Read(Catalogue catalogue) implements Command {}

  private record Resume(Runnable work) implements Command {}

  private enum Watched implements Command {
    CHANGED
  }

  /** Where a provider's data are if its client has named no folder. */
  private static final Path DEFAULT_DATA = Path.of("/tmp/data");

  private static final String BLOCKING = "streamingserver.blocking-dispatcher";

  private final ProviderSettings settings;
  private final HttpFetcher fetcher;
  private final InstantSource clock;
  private final Executor blocking;
  private final Executor self;
  private final TextFetcher pages;
  private final ProviderFolders folders;
  private final ProviderWatch watch;
  private final LoadedProviders loaded;
  private Catalogue catalogue = Catalogue.EMPTY;
  private List<Runnable> afterReading = new ArrayList<>();
  private List<Runnable> afterNextReading = new ArrayList<>();
  private boolean reading;
  private boolean again;

  /** Nothing is being written any more that has changed since the last look. */
  private boolean quiet = true;

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
    this.blocking =
        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
    this.pages =
        new TextFetcher(
            fetcher.forPages(), SystemMaterializer.get(context.getSystem()).materializer(), clock);
    ActorRef<Command> me = context.getSelf();
    this.self = work -> me.tell(new Resume(work));
    this.folders = new ProviderFolders(settings);
    this.loaded =
        new LoadedProviders(
            settings.loaded(),
            (edition, data) ->
                Instance.create(edition, context(edition, data), settings.dataRoots(), limit()),
            self);
    this.watch = ProviderWatch.start(settings, () -> me.tell(Watched.CHANGED));
    read();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::onCommand)
        .onSignal(PreRestart.class, _ -> onEnd())
        .onSignal(PostStop.class, _ -> onEnd())
        .build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case ListProviders(var replyTo) -> onListProviders(replyTo);
      case Browse browse -> onBrowse(browse);
      case Find(var provider, var replyTo) -> onFind(provider, replyTo);
      case FindStreams find -> onFindStreams(find);
      case Watched.CHANGED -> onChanged();
      case Read(var now) -> onRead(now);
      case Resume(var work) -> onResume(work);
    };
  }

  private Behavior<Command> onEnd() {
    watch.close();
    loaded.close();
    folders.close();
    return this;
  }

  private Behavior<Command> onResume(Runnable work) {
    work.run();
    return this;
  }

  private Behavior<Command> onChanged() {
    quiet = true;
    return read();
  }

  /** Looks at the folders, once at a time. */
  private Behavior<Command> read() {
    if (reading) {
      again = true;
      return this;
    }
    reading = true;
    again = false;
    afterReading = afterNextReading;
    afterNextReading = new ArrayList<>();
    Catalogue before = catalogue;
    ProviderFolders.Look look = quiet ? ProviderFolders.Look.WHOLE : ProviderFolders.Look.NEW;
    quiet = false;
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> folders.read(before, look), blocking),
            (now, error) -> {
              if (now == null) {
                LOG.error("Providers can't be read", error);
              }
              return new Read(now == null ? before : now);
            });
    return this;
  }

  private Behavior<Command> onRead(Catalogue now) {
    reading = false;
    catalogue = now;
    loaded.follow(now);
    List<Runnable> ready = afterReading;
    afterReading = new ArrayList<>();
    ready.forEach(Runnable::run);
    return again ? read() : this;
  }

  /** Does this when it is known which folders there are from now on. */
  private void afterReading(Runnable work) {
    afterNextReading.add(work);
    read();
  }

  private Behavior<Command> onListProviders(ActorRef<Listing> replyTo) {
    afterReading(
        () ->
            replyTo.tell(
                new Listed(
                    catalogue.listed(settings.showAdult()).stream()
                        .map(ProviderManifest::config)
                        .toList())));
    return this;
  }

  private Behavior<Command> onFind(ProviderId provider, ActorRef<Lookup> replyTo) {
    find(
        provider,
        edition -> replyTo.tell(new Found(edition.manifest())),
        cause -> replyTo.tell(new NotFound(StreamException.failureOf(cause))));
    return this;
  }

  /** A folder that was added this moment is found too. */
  private void find(ProviderId id, Consumer<Edition> use, Consumer<Throwable> refuse) {
    if (catalogue.edition(id).isPresent()) {
      answer(id, use, refuse);
    } else {
      afterReading(() -> answer(id, use, refuse));
    }
  }

  private void answer(ProviderId id, Consumer<Edition> use, Consumer<Throwable> refuse) {
    Optional<Edition> edition = catalogue.edition(id);
    if (edition.isEmpty()) {
      refuse.accept(
          failed(
              catalogue
                  .entry(id)
                  .map(Catalogue.Entry::problem)
                  .orElse(
                      "There is no provider '" + id + "'; get_providers lists those there are")));
    } else if (edition.get().manifest().adult() && !settings.showAdult()) {
      refuse.accept(failed("Provider '" + id + "' is for adults: providers.show-adult is off"));
    } else {
      use.accept(edition.get());
    }
  }

  private Behavior<Command> onBrowse(Browse browse) {
    ProviderId id = browse.provider();
    ActorRef<Listing> replyTo = browse.replyTo();
    use(
        id,
        browse.dataDir(),
        provider -> Lists.ask(provider, id, browse.query()),
        items -> replyTo.tell(new Listed(items)),
        cause -> replyTo.tell(new NotListed(StreamException.failureOf(cause))));
    return this;
  }

  private Behavior<Command> onFindStreams(FindStreams find) {
    use(
        find.provider(),
        loaded.dataFolder(find.provider()).map(Path::getParent).orElse(DEFAULT_DATA),
        provider -> provider.streams(find.item()),
        streams -> find.replyTo().tell(new StreamsFound(streams)),
        cause -> find.replyTo().tell(new NoStreams(cause)));
    return this;
  }

  private <T> void use(
      ProviderId id,
      Path dataDir,
      Function<Provider, CompletionStage<T>> question,
      Consumer<T> answer,
      Consumer<Throwable> refuse) {
    long begun = System.nanoTime();
    Consumer<Instance> call =
        instance -> {
          instance.lease();
          Duration left = limit().minusNanos(System.nanoTime() - begun);
          var _ =
              instance
                  .call(question, left.isPositive() ? left : Duration.ofNanos(1))
                  .whenCompleteAsync(
                      (value, error) -> {
                        if (error == null) {
                          answer.accept(value);
                        } else {
                          refuse.accept(error);
                        }
                        instance.release();
                      },
                      self);
        };
    find(id, edition -> load(edition, dataDir, call, refuse), refuse);
  }

  private void load(
      Edition edition, Path dataDir, Consumer<Instance> call, Consumer<Throwable> refuse) {
    ProviderId id = edition.manifest().id();
    var _ =
        CompletableFuture.supplyAsync(() -> dataFolder(id, dataDir), blocking)
            .whenCompleteAsync(
                (folder, error) -> {
                  if (error == null) {
                    loaded.use(catalogue.edition(id).orElse(edition), folder, call, refuse);
                  } else {
                    refuse.accept(error);
                  }
                },
                self);
  }

  /** On the blocking dispatcher. */
  private Path dataFolder(ProviderId provider, Path dataDir) {
    try {
      Path folder = settings.dataRoots().resolve(dataDir).resolve(provider.value());
      return Files.createDirectories(folder);
    } catch (IllegalArgumentException e) {
      throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed("data_dir " + dataDir + " can't be written: " + e), e);
    }
  }

  private ProviderContext context(Edition edition, Path dataFolder) {
    ProviderManifest manifest = edition.manifest();
    return new ProviderContext(
        manifest,
        edition.folder(),
        dataFolder,
        settings.own(manifest.id()),
        HttpSession.empty(),
        fetcher,
        pages,
        blocking,
        clock);
  }

  /** For a provider; the rest of the time is the answer's way. */
  private Duration limit() {
    return settings.requestTimeout().multipliedBy(9).dividedBy(10);
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }
}
