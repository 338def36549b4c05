package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.BoundedInput;
import io.github.streamingserver.provider.CachedFile;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.SiteCache;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a guide at hand; whoever browses never waits for it for long. */
final class GuideSource {
  /** Of a guide as it comes, and decompressed. */
  static final long MOST_BYTES = 2L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(GuideSource.class);
  private static final String FILE = "guide.bin";

  /** Programmes, where each is, and the names of many channels. */
  private static final long MOST_KEPT = 4L * GuideWriter.MOST_BYTES;

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final long PATIENCE_MILLIS = 1_000;

  private final ProviderContext context;
  private final List<ListSource> sources;
  private final CachedFile<Guide> file;

  // Guarded by this.
  private Instant notBefore = Instant.MIN;

  /**
   * @param sources one or more
   * @param keys what the channels are called at the moment
   */
  GuideSource(
      ProviderContext context,
      SiteCache cache,
      List<ListSource> sources,
      Supplier<CompletionStage<SortedNames>> keys) {
    this.context = context;
    this.sources = List.copyOf(sources);
    this.file =
        cache.file(
            SiteCache.Slot.of(FILE, MOST_KEPT),
            String.join("\n", sources.stream().map(ListSource::address).toList()),
            part -> keys.get().thenCompose(names -> renew(names, part)),
            Guide::read);
  }

  List<ListSource> sources() {
    return sources;
  }

  /** The guide where it is at hand, else an empty one; it is being fetched then. Never fails. */
  CompletionStage<Guide> get() {
    if (pausing()) {
      return CompletableFuture.completedStage(Guide.EMPTY);
    }
    return file.get()
        .toCompletableFuture()
        .whenComplete((_, error) -> note(error))
        .exceptionally(_ -> Guide.EMPTY)
        .completeOnTimeout(Guide.EMPTY, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized boolean pausing() {
    Instant now = context.clock().instant();
    return notBefore.isAfter(now) && !notBefore.isAfter(now.plus(PAUSE));
  }

  private void note(@Nullable Throwable error) {
    if (error == null || pausing()) {
      return;
    }
    synchronized (this) {
      notBefore = context.clock().instant().plus(PAUSE);
    }
    LOG.warn(
        "Provider [{}] has no guide: {}",
        context.manifest().id(),
        StreamException.failureOf(error).message());
  }

  private CompletionStage<?> renew(SortedNames names, Path part) {
    return onDisk(() -> new GuideWriter(names, now(), GuideWriter.MOST_BYTES, part))
        .thenCompose(
            guide -> {
              CompletionStage<?> read = CompletableFuture.completedStage(guide);
              for (ListSource source : sources) {
                read = read.thenCompose(_ -> read(source, guide));
              }
              return read.thenCompose(_ -> onDisk(() -> finish(guide)))
                  .whenComplete((_, _) -> onDisk(() -> close(guide)));
            });
  }

  private long now() {
    return context.clock().instant().getEpochSecond();
  }

  private <T> CompletionStage<T> onDisk(CachedFile.FileWork<T> work) {
    return CompletableFuture.supplyAsync(
        () -> CachedFile.unchecked(FILE, work), context.blocking());
  }

  private GuideWriter finish(GuideWriter guide) throws IOException {
    guide.finish();
    LOG.info(
        "Provider [{}]: [{}] programmes until [{}]",
        context.manifest().id(),
        guide.size(),
        guide.end());
    return guide;
  }

  private static GuideWriter close(GuideWriter guide) throws IOException {
    guide.close();
    return guide;
  }

  private CompletionStage<?> read(ListSource source, GuideWriter guide) {
    return source.read(
        context, MOST_BYTES, LONGEST, (_, in) -> read(source, in, new XmltvReader(guide)));
  }

  private void read(ListSource source, InputStream in, XmltvReader reader) throws IOException {
    try {
      reader.read(new TagGuard(BoundedInput.of(in, MOST_BYTES)));
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken
          && !(broken instanceof CharConversionException)) {
        throw broken;
      }
      if (reader.programmes() == 0) {
        throw refused(source, "is no guide in XMLTV: " + e.getMessage(), e);
      }
      LOG.warn(
          "Provider [{}]: guide [{}] is broken after [{}] programmes: {}",
          context.manifest().id(),
          source.shown(),
          reader.programmes(),
          e.getMessage());
    }
    if (reader.programmes() == 0) {
      throw refused(source, "has no programme", new IOException("empty guide"));
    }
  }

  private static StreamException refused(ListSource source, String what, Exception cause) {
    return new StreamException(new StreamFailure.Failed(source.shown() + " " + what), cause);
  }
}
