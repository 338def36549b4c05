package io.github.streamingserver.provider;

import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.model.ProviderId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a provider keeps of its site in its data folder: named files, each renewed when it ages.
 * {@code cache.json} there tells when each was renewed and from what. One for each provider;
 * thread-safe.
 */
public final class SiteCache implements AutoCloseable {
  /** How long a site's lists are fresh. */
  public static final Duration FRESH = Duration.ofMinutes(30);

  private final ProviderId provider;
  private final Path folder;
  private final Executor blocking;
  private final InstantSource clock;
  private final CacheLedger ledger;
  private volatile boolean closed;

  /** The cache of the provider that {@code context} was given to. */
  public SiteCache(ProviderContext context) {
    this(context.manifest().id(), context.dataFolder(), context.blocking(), context.clock());
  }

  SiteCache(ProviderId provider, Path folder, Executor blocking, InstantSource clock) {
    this.provider = provider;
    this.folder = folder;
    this.blocking = blocking;
    this.clock = clock;
    this.ledger = new CacheLedger(folder);
  }

  /**
   * A file of the cache.
   *
   * @param of what it is made from, such as an address with all settings that shape it: a file that
   *     was made from something else is no use. Only a digest of it is stored
   * @param renewal writes the file; may fail with a {@link
   *     io.github.streamingserver.model.StreamException}, which is told as it is
   * @param reader of the file, also when it was just renewed: what it refuses does not replace what
   *     there is
   */
  public <T> CachedFile<T> file(
      Slot slot, String of, CachedFile.Renewal renewal, CachedFile.Reader<T> reader) {
    return new CachedFile<>(this, slot, of, renewal, reader);
  }

  /** A file of text, such as JSON, in UTF-8. */
  public <T> CachedFile<T> text(
      Slot slot,
      String of,
      Supplier<CompletionStage<String>> renewal,
      CachedFile.Reader<T> reader) {
    return file(
        slot,
        of,
        part ->
            renewal
                .get()
                .thenAcceptAsync(
                    text ->
                        CachedFile.unchecked(
                            slot.name(),
                            () -> {
                              AtomicFiles.write(part, text.getBytes(StandardCharsets.UTF_8));
                              return part;
                            }),
                    blocking),
        reader);
  }

  /**
   * @param name of the file, such as {@code channels.json}
   * @param fresh how long it is not renewed
   * @param mostBytes a larger one is refused
   */
  public record Slot(String name, Duration fresh, long mostBytes) {
    public Slot {
      if (!name.matches("[a-z][a-z0-9_-]{0,63}\\.[a-z0-9]{1,8}") || name.equals(CacheLedger.FILE)) {
        throw new IllegalArgumentException("no name for a cached file: '" + name + "'");
      }
    }

    /** A file that is fresh for {@link #FRESH}. */
    public static Slot of(String name, long mostBytes) {
      return new Slot(name, FRESH, mostBytes);
    }
  }

  /** Nothing is renewed, and nothing written, from now on. */
  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  ProviderId provider() {
    return provider;
  }

  Path folder() {
    return folder;
  }

  Executor blocking() {
    return blocking;
  }

  InstantSource clock() {
    return clock;
  }

  CacheLedger ledger() {
    return ledger;
  }
}
