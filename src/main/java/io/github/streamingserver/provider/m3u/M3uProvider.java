package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.SiteCache;
import io.github.streamingserver.provider.StreamCandidate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The channels of an IPTV playlist: {@code "url"} in config.json, an http or https address or a
 * file; and {@code "guide"}, one or more in XMLTV, else those that the playlist names.
 */
public final class M3uProvider implements Provider {
  /** The kind in config.json. */
  public static final String KIND = "m3u";

  private static final int MOST_GUIDES = 8;

  /** A recording begins without a channel's headers rather than too late. */
  private static final long PATIENCE_SECONDS = 5;

  private final ProviderContext context;
  private final AllowedRoots roots;
  private final SiteCache cache;
  private final ListSource source;
  private final List<ListSource> ownGuides;
  private final ChannelSource channels;

  // Guarded by this.
  private Optional<GuideSource> guide = Optional.empty();

  /**
   * @param roots where files may lie besides the provider's own folder
   * @throws StreamException where config.json names no place that a list may come from
   */
  public M3uProvider(ProviderContext context, AllowedRoots roots) {
    JsonObject options = context.manifest().config().and(context.settings());
    this.context = context;
    this.roots = roots;
    this.cache = new SiteCache(context);
    this.source =
        source(
            Field.URL, options.text(Field.URL).orElseThrow(() -> refused(Field.URL, "is missing")));
    this.ownGuides =
        texts(options.fields().get(Field.GUIDE)).map(text -> source(Field.GUIDE, text)).toList();
    this.channels = new ChannelSource(context, cache, source);
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return channels
        .get()
        .thenApply(
            list ->
                list.categories().stream()
                    .map(
                        name ->
                            JsonObject.of(Field.NAME, name).with(Field.CHANNELS, list.size(name)))
                    .toList());
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    String name = category.text(Field.NAME).orElse(ChannelList.ALL);
    return channels.get().thenCompose(list -> withGuide(list, page.of(list.items(name))));
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return channels
        .get()
        .thenCompose(
            list ->
                CompletableFuture.supplyAsync(() -> page.of(list.search(term)), context.blocking())
                    .thenCompose(found -> withGuide(list, found)));
  }

  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    return channels
        .get()
        .toCompletableFuture()
        .thenApply(list -> list.headers(item.url()))
        .exceptionally(_ -> Map.of())
        .completeOnTimeout(Map.of(), PATIENCE_SECONDS, TimeUnit.SECONDS)
        .thenApply(
            headers ->
                new ItemStreams(
                    List.of(StreamCandidate.of(item.url())), with(item.session(), headers)));
  }

  @Override
  public void close() {
    cache.close();
  }

  /** The channel's headers; what the client itself asked for holds. */
  private static HttpSession with(HttpSession session, Map<String, String> headers) {
    HttpSession all = session;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (session.headers().keySet().stream().noneMatch(header.getKey()::equalsIgnoreCase)) {
        all = all.withHeader(header.getKey(), header.getValue());
      }
    }
    return all;
  }

  private CompletionStage<List<JsonObject>> withGuide(ChannelList list, List<JsonObject> items) {
    return guide(list)
        .map(GuideSource::get)
        .orElseGet(() -> CompletableFuture.completedStage(Guide.EMPTY))
        .thenApply(
            known ->
                new GuidedItems(items, known, context.clock().instant(), ZoneId.systemDefault()));
  }

  private synchronized Optional<GuideSource> guide(ChannelList list) {
    List<ListSource> sources = ownGuides.isEmpty() ? namedBy(list) : ownGuides;
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    if (guide.isEmpty() || !guide.get().sources().equals(sources)) {
      guide =
          Optional.of(
              new GuideSource(
                  context,
                  cache,
                  sources,
                  () -> channels.get().thenApplyAsync(ChannelList::guideKeys, context.blocking())));
    }
    return guide;
  }

  /** A list from elsewhere may name addresses, never files of ours. */
  private List<ListSource> namedBy(ChannelList list) {
    List<ListSource> found = new ArrayList<>();
    for (String text : list.guides()) {
      try {
        found.add(
            new ListSource.Web(
                source instanceof ListSource.Web(var url)
                    ? Urls.resolve(url, text)
                    : Urls.http(text)));
      } catch (IllegalArgumentException noWebAddress) {
        // A list without this guide is still one.
      }
    }
    return found.subList(0, Math.min(found.size(), MOST_GUIDES));
  }

  private ListSource source(String field, String text) {
    try {
      return ListSource.of(text, context.folder(), roots);
    } catch (IllegalArgumentException e) {
      throw refused(field, "can't be used: " + e.getMessage());
    }
  }

  private StreamException refused(String field, String what) {
    return new StreamException(
        new StreamFailure.Failed(
            "Provider '%s': \"%s\" in config.json %s; it must be an http or https address or a file"
                .formatted(context.manifest().id(), field, what)));
  }

  private static Stream<String> texts(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case String text when !text.isBlank() -> Stream.of(text);
      case List<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).limit(MOST_GUIDES);
      case null, default -> Stream.empty();
    };
  }
}
