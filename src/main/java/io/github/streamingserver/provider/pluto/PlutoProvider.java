package io.github.streamingserver.provider.pluto;

import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.provider.json.JsonProvider;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pluto TV: its list of channels with two days of guide, and for each stream a session of its own
 * with a token that expires. Whoever still needs it then asks for the streams again.
 */
public final class PlutoProvider implements Provider {
  /** The kind in config.json. */
  public static final String KIND = "pluto";

  private static final Logger LOG = LoggerFactory.getLogger(PlutoProvider.class);

  /** An answer has some 20 KB. */
  private static final long MOST_BYTES = 1 << 20;

  private static final String HOUR = "yyyy-MM-dd HH:00:00.000+0000";
  private static final JsonObject LIST =
      JsonObject.of(
          "list",
          Map.of(
              "url",
              "${api-url}/v2/channels?start={now:" + HOUR + "}&stop={now+48h:" + HOUR + "}",
              "items",
              "",
              "item",
              Map.of(
                  "title", "/name",
                  "url", "/stitched/urls/0/url",
                  "category", "/category",
                  "thumbnail", "/colorLogoPNG/path",
                  "description", "/summary",
                  "offered", "/isStitched",
                  "guide",
                      Map.of(
                          "at", "/timelines",
                          "start", "/start",
                          "stop", "/stop",
                          "title", "/title",
                          "episode", "/episode/name",
                          "description", "/episode/description"))));

  private final ProviderContext context;
  private final JsonProvider channels;
  private final PlutoUrls urls;

  private PlutoProvider(ProviderContext context, JsonProvider channels, PlutoUrls urls) {
    this.context = context;
    this.channels = channels;
    this.urls = urls;
  }

  /**
   * The provider with its settings.
   *
   * @throws StreamException where one of them can't be used
   */
  public static PlutoProvider create(ProviderContext context) {
    JsonObject settings =
        context
            .manifest()
            .config()
            .object("settings")
            .orElse(JsonObject.empty())
            .and(context.settings());
    try {
      PlutoUrls urls = new PlutoUrls(PlutoSettings.of(settings));
      UUID device = UUID.randomUUID();
      JsonProvider channels =
          JsonProvider.create(
              context,
              LIST.with("settings", settings),
              channel -> channel.at(urls.item(channel.url(), device, UUID.randomUUID())));
      return new PlutoProvider(context, channels, urls);
    } catch (IllegalArgumentException e) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Provider '%s': %s; see streamingserver.providers.PlutoTV in reference.conf"
                  .formatted(context.manifest().id(), e.getMessage())),
          e);
    }
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return channels.categories();
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return channels.items(category, page);
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return channels.search(term, page);
  }

  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    Optional<String> channel = PlutoUrls.channel(item.url());
    if (channel.isEmpty()) {
      return CompletableFuture.failedStage(
          new StreamException(
              new StreamFailure.Failed(
                  Urls.shown(item.url())
                      + " names no channel of Pluto TV; it would stand after /channel/")));
    }
    StreamCandidate embedded =
        new StreamCandidate(
            urls.embedded(channel.get()),
            OptionalInt.empty(),
            StreamCandidate.Codec.UNKNOWN,
            "without a session",
            true);
    if (!item.showAds()) {
      return CompletableFuture.completedStage(
          new ItemStreams(List.of(embedded), item.session()).ofChannel());
    }
    return begin()
        .thenApply(session -> stitched(channel.get(), session))
        .thenApply(
            stitched -> new ItemStreams(List.of(stitched, embedded), item.session()).ofChannel())
        .exceptionally(
            error -> {
              LOG.warn(
                  "Provider [{}] goes on without a session: {}",
                  context.manifest().id(),
                  StreamException.failureOf(error).message());
              return new ItemStreams(List.of(embedded), item.session()).ofChannel();
            });
  }

  private StreamCandidate stitched(String channel, PlutoSession session) {
    StreamCandidate stream = StreamCandidate.of(urls.stitched(channel, session));
    Instant now = context.clock().instant();
    return session.refresh().map(good -> stream.until(now.plus(good))).orElse(stream);
  }

  /** A session for one more stream: with another's client id, one of the two would be refused. */
  private CompletionStage<PlutoSession> begin() {
    URI boot = urls.boot(UUID.randomUUID());
    return context
        .pages()
        .fetch(HttpFetch.text(boot), context.session(), MOST_BYTES)
        .thenApply(page -> PlutoSession.of(page.text(), boot));
  }

  @Override
  public void close() {
    channels.close();
  }
}
