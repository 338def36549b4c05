package io.github.streamingserver.provider.html;

import io.github.streamingserver.http.HttpFailure;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextPage;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.StreamCandidate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A site of web pages, as config.json describes it by selectors and patterns. */
public final class HtmlProvider implements Provider {
  private static final String ALL = "All";

  private final ProviderContext context;
  private final Site site;
  private final SitePages sitePages = new SitePages();

  /**
   * @throws StreamException naming what in config.json must be mended, and how
   */
  public HtmlProvider(ProviderContext context) {
    this.context = context;
    this.site = Site.read(context.manifest(), context.settings());
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    if (site.categories().isPresent()) {
      return list(site.categories().get(), Map.of(), 1, false);
    }
    return CompletableFuture.completedStage(
        site.fixed().isEmpty()
            ? List.of(JsonObject.of(Listing.NAME, ALL).with(Listing.URL, site.base().toString()))
            : site.fixed());
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    Map<String, String> values =
        category.text(Listing.URL).map(url -> Map.of(PageTemplate.URL, url)).orElse(Map.of());
    return pages(site.items(), values, page, false);
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    if (site.search().isEmpty()) {
      return failed(
          "Provider '%s' can't search; describe the site's \"search\" in config.json"
              .formatted(context.manifest().id()));
    }
    return pages(site.search().get(), Map.of(PageTemplate.TERM, term), page, true);
  }

  private CompletionStage<List<JsonObject>> pages(
      Listing listing, Map<String, String> values, Page page, boolean mayBeEmpty) {
    if (!listing.page().paged()) {
      return list(listing, values, 1, mayBeEmpty).thenApply(page::of);
    }
    return sitePages.part(
        listing.place() + values,
        page,
        number -> list(listing, values, number, mayBeEmpty || number > 1));
  }

  /** The entries of the site's page; none beyond its last, which many answer with 404. */
  private CompletionStage<List<JsonObject>> list(
      Listing listing, Map<String, String> values, int number, boolean mayBeEmpty) {
    URI url;
    try {
      url = listing.address(site.base(), values, number);
    } catch (StreamException e) {
      return CompletableFuture.failedFuture(e);
    }
    return fetch(url, site.dressed(context.session(), site.base()))
        .thenApplyAsync(
            page -> listing.entries(page.url(), page.text(), mayBeEmpty, deadline()),
            context.blocking())
        .exceptionallyCompose(
            error ->
                number > 1 && isMissing(error)
                    ? CompletableFuture.completedStage(List.of())
                    : CompletableFuture.failedFuture(error));
  }

  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    if (site.streams().isEmpty()) {
      HttpSession session = site.dressed(item.session(), item.url());
      return CompletableFuture.completedStage(
          new ItemStreams(List.of(StreamCandidate.of(item.url())), session));
    }
    StreamFinder finder = site.streams().get();
    return fetch(item.url(), site.dressed(item.session(), site.base()))
        .thenApplyAsync(
            page ->
                new ItemStreams(
                    finder.find(new ItemPage(page.url(), page.text()), deadline()),
                    site.dressed(item.session(), page.url())),
            context.blocking());
  }

  private CompletionStage<TextPage> fetch(URI url, HttpSession session) {
    return context
        .pages()
        .fetch(HttpFetch.text(url), session, site.maxPageSize())
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(withRemedy(error)));
  }

  private Throwable withRemedy(Throwable error) {
    boolean large =
        HttpFailure.of(error).filter(HttpFailure.Transport.TOO_LARGE::equals).isPresent();
    return large
        ? new StreamException(
            new StreamFailure.Failed(
                "%s; if it is no mistake of the site, raise providers.%s.max-page-size"
                    .formatted(
                        StreamException.failureOf(error).message(), context.manifest().id())),
            error)
        : error;
  }

  private static boolean isMissing(Throwable error) {
    return HttpFailure.of(error)
        .filter(
            failure ->
                failure instanceof HttpFailure.Status(int code, _) && (code == 404 || code == 410))
        .isPresent();
  }

  private Deadline deadline() {
    return new Deadline(site.patternTime(), System::nanoTime);
  }

  private static <T> CompletionStage<T> failed(String message) {
    return CompletableFuture.failedFuture(new StreamException(new StreamFailure.Failed(message)));
  }
}
