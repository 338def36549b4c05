package io.github.streamingserver.provider;

import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of a {@link SiteCache}, and what was read from it. Fresh for a while; then what there is
 * is served while it is renewed, and for as long as that fails. Thread-safe, never blocks.
 *
 * @param <T> what the file holds; kept in memory
 */
public final class CachedFile<T> {
  /** Writes the file; never throws. */
  @FunctionalInterface
  public interface Renewal {
    CompletionStage<?> write(Path part);
  }

  /** Reads the file; may block. Fails where it is not what it should be. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** Work on files. */
  @FunctionalInterface
  public interface FileWork<R> {
    R run() throws IOException;
  }

  private record Kept<T>(T value, Instant renewed) {}

  private static final Logger LOG = LoggerFactory.getLogger(CachedFile.class);

  /** How long a site that failed is left alone where there is something to serve. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final SiteCache cache;
  private final SiteCache.Slot slot;
  private final String of;
  private final Renewal renewal;
  private final Reader<T> reader;
  private final Path file;

  // Guarded by this.
  private Optional<Kept<T>> kept = Optional.empty();
  private Optional<CompletableFuture<Void>> loading = Optional.empty();
  private Optional<CompletableFuture<T>> renewing = Optional.empty();
  private Instant notBefore = Instant.MIN;

  CachedFile(SiteCache cache, SiteCache.Slot slot, String of, Renewal renewal, Reader<T> reader) {
    this.cache = cache;
    this.slot = slot;
    this.of = of;
    this.renewal = renewal;
    this.reader = reader;
    this.file = cache.folder().resolve(slot.name());
  }

  /** What the file holds, renewed where there is nothing else to serve; that failure, if any. */
  public CompletionStage<T> get() {
    CompletableFuture<Void> loaded;
    synchronized (this) {
      if (loading.isEmpty()) {
        loading = Optional.of(CompletableFuture.runAsync(this::load, cache.blocking()));
      }
      loaded = loading.get();
    }
    return loaded.thenCompose(_ -> current());
  }

  private CompletionStage<T> current() {
    CompletableFuture<T> begun;
    Optional<Kept<T>> served;
    synchronized (this) {
      served = kept;
      Instant now = cache.clock().instant();
      boolean leftAlone = served.isPresent() && (fresh(served.get(), now) || pausing(now));
      if (renewing.isPresent() || leftAlone || cache.closed()) {
        return answer(served, renewing);
      }
      begun = new CompletableFuture<>();
      renewing = Optional.of(begun);
    }
    renew(begun);
    return answer(served, Optional.of(begun));
  }

  private CompletionStage<T> answer(
      Optional<Kept<T>> served, Optional<CompletableFuture<T>> running) {
    return served
        .map(there -> CompletableFuture.completedFuture(there.value()))
        .or(() -> running)
        .orElseGet(() -> CompletableFuture.failedFuture(failed("is not there any more")));
  }

  /** A time of renewal that is yet to come is one of a clock that was wrong. */
  private boolean fresh(Kept<T> there, Instant now) {
    return !there.renewed().isAfter(now) && there.renewed().plus(slot.fresh()).isAfter(now);
  }

  private boolean pausing(Instant now) {
    return notBefore.isAfter(now) && !notBefore.isAfter(now.plus(PAUSE));
  }

  private void load() {
    Optional<Instant> renewed = cache.ledger().renewed(slot.name(), of);
    if (renewed.isEmpty() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Kept<T> found = new Kept<>(read(file), renewed.get());
      synchronized (this) {
        kept = Optional.of(found);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Provider [{}]: [{}] can't be used: {}", cache.provider(), file, e.toString());
    }
  }

  private void renew(CompletableFuture<T> result) {
    AtomicReference<@Nullable Path> written = new AtomicReference<>();
    var _ =
        CompletableFuture.supplyAsync(
                () -> unchecked(slot.name(), () -> AtomicFiles.part(file)), cache.blocking())
            .thenCompose(
                part -> {
                  written.set(part);
                  return renewal.write(part).thenApply(_ -> part);
                })
            .thenApplyAsync(part -> unchecked(slot.name(), () -> accept(part)), cache.blocking())
            .whenComplete(this::note)
            .whenCompleteAsync(
                (value, error) -> {
                  deletePart(written.get());
                  if (value != null) {
                    result.complete(value.value());
                  } else {
                    result.completeExceptionally(error);
                  }
                },
                cache.blocking());
  }

  private Kept<T> accept(Path part) throws IOException {
    Kept<T> renewed = new Kept<>(read(part), cache.clock().instant());
    if (cache.closed()) {
      throw failed("is not renewed: its provider is not used any more");
    }
    // Between the two a crash leaves a file that nothing is known of, never a lie about it.
    cache.ledger().forget(slot.name());
    AtomicFiles.replace(part, file);
    cache.ledger().renew(slot.name(), of, renewed.renewed());
    return renewed;
  }

  private T read(Path from) throws IOException {
    if (Files.size(from) > slot.mostBytes()) {
      throw failed("has more than " + slot.mostBytes() + " bytes");
    }
    return reader.read(from);
  }

  private void note(@Nullable Kept<T> renewed, @Nullable Throwable error) {
    Optional<Kept<T>> stale;
    synchronized (this) {
      renewing = Optional.empty();
      stale = kept;
      if (renewed != null) {
        kept = Optional.of(renewed);
        notBefore = Instant.MIN;
      } else {
        notBefore = cache.clock().instant().plus(PAUSE);
      }
    }
    if (error != null && stale.isPresent() && !cache.closed()) {
      LOG.warn(
          "Provider [{}]: [{}] is served stale, as of [{}]: {}",
          cache.provider(),
          slot.name(),
          stale.get().renewed(),
          StreamException.failureOf(error).message());
    }
  }

  private static void deletePart(@Nullable Path part) {
    if (part != null) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        LOG.warn("[{}] can't be deleted: {}", part, e.toString());
      }
    }
  }

  /**
   * What {@code work} on the file {@code name} gives.
   *
   * @throws StreamException where that throws an IOException
   */
  public static <R> R unchecked(String name, FileWork<R> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed(name + " in data_dir can't be written or read: " + e), e);
    }
  }

  private StreamException failed(String what) {
    return new StreamException(
        new StreamFailure.Failed(
            "Provider '%s': %s %s".formatted(cache.provider(), slot.name(), what)));
  }
}
