package io.github.streamingserver.provider.json;

import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.CachedFile;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.SiteCache;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A site's list, kept in {@code channels.json} and renewed while it is in use: from the first time
 * that it is asked for until {@link #close}. Thread-safe.
 */
final class ListSource implements AutoCloseable {
  /** How often we look whether the list is still fresh. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** As long as a client waits for an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** As it comes over the wire; what is kept of it is bounded by {@link Budget}. */
  private static final long MOST_BYTES = 256L << 20;

  /** More than a list within its budget takes. */
  private static final SiteCache.Slot CHANNELS = SiteCache.Slot.of("channels.json", 128L << 20);

  private static final String CATEGORIES = "categories.json";

  /** Does something later. */
  interface Timer {
    /** Runs {@code task} after {@code delay}; what is returned prevents it. */
    Runnable after(Duration delay, Runnable task);
  }

  private final ProviderContext context;
  private final ListSpec spec;
  private final UnaryOperator<Channel> edit;
  private final Timer timer;
  private final SiteCache cache;
  private final CachedFile<ChannelList> file;
  private Runnable cancel = () -> {};
  private boolean active;
  private boolean closed;

  /**
   * A list that is fetched when it is first asked for.
   *
   * @param edit each channel as it comes from the site
   */
  ListSource(ProviderContext context, ListSpec spec, UnaryOperator<Channel> edit) {
    this(context, spec, edit, ListSource::later);
  }

  ListSource(ProviderContext context, ListSpec spec, UnaryOperator<Channel> edit, Timer timer) {
    this.context = context;
    this.spec = spec;
    this.edit = edit;
    this.timer = timer;
    this.cache = new SiteCache(context);
    this.file = cache.file(CHANNELS, spec.source(), this::renew, ListFile::read);
  }

  private static Runnable later(Duration delay, Runnable task) {
    CompletableFuture<Boolean> due =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, delay.toMillis(), TimeUnit.MILLISECONDS);
    var _ = due.thenRun(task);
    return () -> due.cancel(false);
  }

  /** The list; fails with a {@link StreamException} where there is none, not even an old one. */
  CompletionStage<ChannelList> list() {
    activate();
    return file.get();
  }

  private synchronized void activate() {
    if (!active) {
      active = true;
      lookLater();
    }
  }

  private synchronized void lookLater() {
    if (!closed) {
      cancel =
          timer.after(
              LOOK,
              () -> {
                var _ = file.get();
                lookLater();
              });
    }
  }

  private CompletionStage<Void> renew(Path part) {
    Instant now = context.clock().instant();
    URI address = spec.addressAt(now);
    return context.pages().stream(
            HttpFetch.text(address),
            context.session(),
            MOST_BYTES,
            LONGEST,
            (url, body) -> new ListReader(spec, now).read(body, Urls.shown(url)),
            context.blocking())
        .thenAcceptAsync(
            channels -> write(channels, part, Urls.shown(address)), context.blocking());
  }

  private void write(List<Channel> channels, Path part, String name) {
    if (channels.isEmpty()) {
      throw failed(name + " has no item with a title and an address; has the site changed?");
    }
    List<Channel> edited = channels.stream().map(edit).toList();
    try {
      ListFile.write(part, edited);
      ListFile.writeCategories(context.dataFolder().resolve(CATEGORIES), new ChannelList(edited));
    } catch (IOException e) {
      throw failed("The list can't be kept in " + context.dataFolder() + ": " + e);
    }
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }

  /** Nothing is renewed any more. */
  @Override
  public synchronized void close() {
    closed = true;
    cancel.run();
    cache.close();
  }
}
