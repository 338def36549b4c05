package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * Cuts the pages that a client asks for out of those that a site has, whose size is learnt from its
 * first one. Safe for use from any thread.
 */
final class SitePages {
  /** Lists whose size is remembered. */
  private static final int MOST_LISTS = 64;

  /** Pages of a site that one request may cost; a part that would need more is cut off there. */
  private static final int MOST_PAGES = 20;

  private final Map<String, Integer> sizes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_LISTS;
        }
      };

  /**
   * One part of a list. Without a limit a page is the site's own.
   *
   * @param list its name, under which the size is remembered
   * @param fetch the site's page of a number, from 1; empty beyond the last
   */
  CompletionStage<List<JsonObject>> part(
      String list, Page page, IntFunction<CompletionStage<List<JsonObject>>> fetch) {
    if (page.limit() == Page.ALL) {
      return fetch.apply(page.number());
    }
    if (page.number() == 1) {
      return learn(list, fetch).thenCompose(first -> collect(first, 1, 0, page.limit(), fetch));
    }
    long from = (page.number() - 1L) * page.limit();
    return size(list, fetch)
        .thenCompose(
            size -> {
              if (size == 0 || from / size >= Integer.MAX_VALUE) {
                return CompletableFuture.completedStage(List.of());
              }
              int first = (int) (from / size) + 1;
              return fetch
                  .apply(first)
                  .thenCompose(
                      items -> collect(items, first, (int) (from % size), page.limit(), fetch));
            });
  }

  private CompletionStage<Integer> size(
      String list, IntFunction<CompletionStage<List<JsonObject>>> fetch) {
    Optional<Integer> known = known(list);
    return known.isPresent()
        ? CompletableFuture.completedStage(known.get())
        : learn(list, fetch).thenApply(List::size);
  }

  private CompletionStage<List<JsonObject>> learn(
      String list, IntFunction<CompletionStage<List<JsonObject>>> fetch) {
    return fetch
        .apply(1)
        .thenApply(
            items -> {
              synchronized (sizes) {
                sizes.put(list, items.size());
              }
              return items;
            });
  }

  private Optional<Integer> known(String list) {
    synchronized (sizes) {
      return Optional.ofNullable(sizes.get(list));
    }
  }

  /** Goes on from {@code items}, of page {@code first}, until there are enough or no new ones. */
  private static CompletionStage<List<JsonObject>> collect(
      List<JsonObject> items,
      int first,
      int skip,
      int limit,
      IntFunction<CompletionStage<List<JsonObject>>> fetch) {
    List<JsonObject> sofar = items.subList(Math.min(skip, items.size()), items.size());
    return more(new ArrayList<>(sofar), items, first + 1, first + MOST_PAGES, limit, fetch);
  }

  private static CompletionStage<List<JsonObject>> more(
      List<JsonObject> sofar,
      List<JsonObject> last,
      int next,
      int end,
      int limit,
      IntFunction<CompletionStage<List<JsonObject>>> fetch) {
    if (sofar.size() >= limit || last.isEmpty() || next >= end) {
      return CompletableFuture.completedStage(
          List.copyOf(sofar.subList(0, Math.min(limit, sofar.size()))));
    }
    return fetch
        .apply(next)
        .thenCompose(
            items -> {
              // Many sites answer with their last page for ever.
              List<JsonObject> fresh = items.equals(last) ? List.of() : items;
              List<JsonObject> all = new ArrayList<>(sofar);
              all.addAll(fresh);
              return more(all, fresh, next + 1, end, limit, fetch);
            });
  }
}
