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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
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

/**
 * Knows the providers and browses them. The last few that were used are kept in memory, and made
 * anew when their folder has changed; requests on their way are answered by the old one, which is
 * closed then. Every request is answered within {@code providers.request-timeout}, whatever a
 * provider does.
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
  private final TextFetcher pages;
  private final ProviderWatch watch;
  private final LoadedProviders loaded;
  private final CatalogueReader reader;
  private final ProviderCalls calls;

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
    Executor self = work -> me.tell(new Resume(work));
    this.loaded =
        new LoadedProviders(
            settings.loaded(),
            (edition, data) ->
                Instance.create(
                    edition,
                    context(edition, data),
                    settings.dataRoots(),
                    ProviderCalls.limit(settings)),
            self);
    this.reader = new CatalogueReader(settings, blocking, self, loaded::follow);
    this.calls = new ProviderCalls(settings, reader, loaded, blocking, self);
    this.watch = ProviderWatch.start(settings, () -> me.tell(Watched.CHANGED));
    reader.read();
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
      case Resume(var work) -> onResume(work);
    };
  }

  private Behavior<Command> onEnd() {
    watch.close();
    loaded.close();
    reader.close();
    return this;
  }

  private Behavior<Command> onResume(Runnable work) {
    work.run();
    return this;
  }

  private Behavior<Command> onChanged() {
    reader.changed();
    return this;
  }

  private Behavior<Command> onListProviders(ActorRef<Listing> replyTo) {
    reader.afterReading(
        () ->
            replyTo.tell(
                new Listed(
                    reader.catalogue().listed(settings.showAdult()).stream()
                        .map(ProviderManifest::config)
                        .toList())));
    return this;
  }

  private Behavior<Command> onFind(ProviderId provider, ActorRef<Lookup> replyTo) {
    reader.find(
        provider,
        edition -> replyTo.tell(new Found(edition.manifest())),
        cause -> replyTo.tell(new NotFound(StreamException.failureOf(cause))));
    return this;
  }

  private Behavior<Command> onBrowse(Browse browse) {
    ProviderId id = browse.provider();
    ActorRef<Listing> replyTo = browse.replyTo();
    calls.ask(
        id,
        browse.dataDir(),
        provider -> Lists.ask(provider, id, browse.query()),
        items -> replyTo.tell(new Listed(items)),
        cause -> replyTo.tell(new NotListed(StreamException.failureOf(cause))));
    return this;
  }

  private Behavior<Command> onFindStreams(FindStreams find) {
    calls.ask(
        find.provider(),
        loaded.dataFolder(find.provider()).map(Path::getParent).orElse(DEFAULT_DATA),
        provider -> provider.streams(find.item()),
        streams -> find.replyTo().tell(new StreamsFound(streams)),
        cause -> find.replyTo().tell(new NoStreams(cause)));
    return this;
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
}
