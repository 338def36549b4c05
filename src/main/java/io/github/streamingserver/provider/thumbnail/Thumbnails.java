package io.github.streamingserver.provider.thumbnail;

import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.config.ThumbnailSettings;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.ProviderRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.util.ByteString;

/**
 * Brings pictures of items to the providers' data folders, for clients that can load files alone:
 * when one is asked for, a few at once, each once; more wait in a bounded queue.
 */
public final class Thumbnails extends AbstractBehavior<Thumbnails.Command> {
  /** What is taken here. */
  public sealed interface Command {}

  /** A picture, by its address. */
  public record Get(ProviderId provider, Path dataDir, URI url, ActorRef<Reply> replyTo)
      implements Command {}

  /** The reply to {@link Get}. */
  public sealed interface Reply {}

  /** There it is. */
  public record Stored(Path file) implements Reply {}

  /** Why it is not. */
  public record NotStored(StreamFailure failure) implements Reply {}

  private record Wanted(ProviderId provider, Path dataDir, URI url) {}

  private record Done(Wanted wanted, Reply reply) implements Command {}

  private static final String FOLDER = "thumbnails";
  private static final String BLOCKING = "streamingserver.blocking-dispatcher";

  private final ThumbnailSettings settings;
  private final ProviderSettings providers;
  private final ActorRef<ProviderRegistry.Command> registry;
  private final TextFetcher pages;
  private final InstantSource clock;
  private final Executor blocking;
  private final Map<Wanted, List<ActorRef<Reply>>> running = new HashMap<>();
  private final Deque<Get> waiting = new ArrayDeque<>();

  /** Nothing is fetched yet. */
  public static Behavior<Command> create(
      ThumbnailSettings settings,
      ProviderSettings providers,
      ActorRef<ProviderRegistry.Command> registry,
      HttpFetcher fetcher,
      InstantSource clock) {
    return Behaviors.setup(
        context -> new Thumbnails(context, settings, providers, registry, fetcher, clock));
  }

  private Thumbnails(
      ActorContext<Command> context,
      ThumbnailSettings settings,
      ProviderSettings providers,
      ActorRef<ProviderRegistry.Command> registry,
      HttpFetcher fetcher,
      InstantSource clock) {
    super(context);
    this.settings = settings;
    this.providers = providers;
    this.registry = registry;
    this.clock = clock;
    this.pages =
        new TextFetcher(fetcher, SystemMaterializer.get(context.getSystem()).materializer(), clock);
    this.blocking =
        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Command.class, this::onCommand).build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case Get get -> onGet(get);
      case Done(var wanted, var reply) -> onDone(wanted, reply);
    };
  }

  private Behavior<Command> onGet(Get get) {
    List<ActorRef<Reply>> askers = running.get(wanted(get));
    if (askers != null) {
      askers.add(get.replyTo());
    } else if (running.size() < settings.parallelism()) {
      begin(get);
    } else if (waiting.size() < settings.queue()) {
      waiting.add(get);
    } else {
      get.replyTo()
          .tell(
              new NotStored(
                  new StreamFailure.Busy("Too many pictures are being fetched; try again")));
    }
    return this;
  }

  private static Wanted wanted(Get get) {
    return new Wanted(get.provider(), get.dataDir(), get.url());
  }

  private void begin(Get get) {
    Wanted wanted = wanted(get);
    running.put(wanted, new ArrayList<>(List.of(get.replyTo())));
    CompletableFuture<Reply> reply =
        AskPattern.<ProviderRegistry.Command, ProviderRegistry.Lookup>ask(
                registry,
                replyTo -> new ProviderRegistry.Find(get.provider(), replyTo),
                settings.timeout(),
                getContext().getSystem().scheduler())
            .thenCompose(lookup -> bring(lookup, wanted))
            .<Reply>thenApply(Stored::new)
            .toCompletableFuture()
            .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    getContext()
        .pipeToSelf(
            reply,
            (stored, error) ->
                new Done(
                    wanted,
                    stored == null
                        ? new NotStored(failure(wanted, Optional.ofNullable(error)))
                        : stored));
  }

  private static StreamFailure failure(Wanted wanted, Optional<Throwable> error) {
    String place = Urls.shown(wanted.url());
    return error
        .map(
            e ->
                e instanceof TimeoutException || e.getCause() instanceof TimeoutException
                    ? new StreamFailure.TimedOut("No picture from " + place + " in time")
                    : StreamException.failureOf(e))
        .orElse(new StreamFailure.Failed("No picture from " + place));
  }

  private CompletionStage<Path> bring(ProviderRegistry.Lookup lookup, Wanted wanted) {
    return switch (lookup) {
      case ProviderRegistry.NotFound(var failure) ->
          CompletableFuture.failedStage(new StreamException(failure));
      case ProviderRegistry.Found _ ->
          CompletableFuture.supplyAsync(() -> folder(wanted), blocking)
              .thenCompose(folder -> bring(folder, wanted.url()));
    };
  }

  private CompletionStage<Path> bring(ThumbnailFolder folder, URI url) {
    return CompletableFuture.supplyAsync(() -> find(folder, url), blocking)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found.get())
                    : pages
                        .fetchBytes(HttpFetch.bytes(url), HttpSession.empty(), settings.maxSize())
                        .thenApplyAsync(content -> keep(folder, url, content), blocking));
  }

  private ThumbnailFolder folder(Wanted wanted) {
    try {
      return new ThumbnailFolder(
          providers
              .dataRoots()
              .resolve(wanted.dataDir().resolve(wanted.provider().value()).resolve(FOLDER)));
    } catch (IllegalArgumentException e) {
      throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
    }
  }

  private Optional<Path> find(ThumbnailFolder folder, URI url) {
    try {
      return folder.find(url, clock.instant());
    } catch (IOException e) {
      throw notKept(url, e);
    }
  }

  private Path keep(ThumbnailFolder folder, URI url, ByteString content) {
    byte[] bytes = content.toArray();
    String extension =
        ImageKind.extension(bytes)
            .orElseThrow(
                () ->
                    new StreamException(
                        new StreamFailure.Failed(
                            Urls.shown(url) + " is no picture (JPEG, PNG, GIF, WebP, BMP)")));
    try {
      return folder.keep(url, extension, bytes, settings.maxCount(), settings.maxTotal());
    } catch (IOException e) {
      throw notKept(url, e);
    }
  }

  private static StreamException notKept(URI url, IOException e) {
    return new StreamException(
        new StreamFailure.Failed("Picture " + Urls.shown(url) + " can't be kept: " + e), e);
  }

  private Behavior<Command> onDone(Wanted wanted, Reply reply) {
    List<ActorRef<Reply>> askers = running.remove(wanted);
    if (askers != null) {
      askers.forEach(asker -> asker.tell(reply));
    }
    while (running.size() < settings.parallelism() && !waiting.isEmpty()) {
      onGet(waiting.remove());
    }
    return this;
  }
}
