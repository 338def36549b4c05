package io.github.streamingserver.provider.m3u;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.provider.CachedFile;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.SiteCache;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a list of channels at hand: {@code channels.json}, and {@code categories.json}. */
final class ChannelSource {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelSource.class);
  private static final String FILE = "channels.json";
  private static final String CATEGORIES = "categories.json";
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final ProviderContext context;
  private final SiteCache cache;
  private final ListSource source;

  // Guarded by this.
  private Optional<Version> current = Optional.empty();

  private record Version(String name, CachedFile<ChannelList> file) {}

  ChannelSource(ProviderContext context, SiteCache cache, ListSource source) {
    this.context = context;
    this.cache = cache;
    this.source = source;
  }

  /** The channels. Fails with a {@link io.github.streamingserver.model.StreamException}. */
  CompletionStage<ChannelList> get() {
    return switch (source) {
      case ListSource.Web web -> file(web.version()).get();
      case ListSource.Local local ->
          CompletableFuture.supplyAsync(local::version, context.blocking())
              .thenCompose(version -> file(version).get());
    };
  }

  /** A file that was edited is another one. */
  private synchronized CachedFile<ChannelList> file(String version) {
    if (current.isEmpty() || !current.get().name().equals(version)) {
      CachedFile<ChannelList> file =
          cache.file(
              SiteCache.Slot.of(FILE, 2 * ListImport.MOST_BYTES),
              version,
              this::renew,
              ChannelList::read);
      current = Optional.of(new Version(version, file));
    }
    return current.get().file();
  }

  private CompletionStage<?> renew(Path part) {
    return source.read(
        context, ListImport.MOST_BYTES, LONGEST, (base, in) -> importTo(part, base, in));
  }

  private void importTo(Path part, Optional<URI> base, InputStream in) throws IOException {
    ListImport list = new ListImport(base, source.shown());
    list.run(in, part);
    List<Map<String, Object>> categories = list.categories();
    AtomicFiles.replace(
        context.dataFolder().resolve(CATEGORIES),
        file -> AtomicFiles.write(file, new ObjectMapper().writeValueAsBytes(categories)));
    LOG.info(
        "Provider [{}]: [{}] channels in [{}] categories from [{}]; [{}] left out, of other schemes"
            + " than http and https, or beyond the limit",
        context.manifest().id(),
        list.channels(),
        categories.size(),
        source.shown(),
        list.leftOut());
  }
}
