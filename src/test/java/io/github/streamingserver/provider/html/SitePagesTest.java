package io.github.streamingserver.provider.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePagesTest {
  private final List<Integer> fetched = new ArrayList<>();
  private final SitePages pages = new SitePages();

  /** A site of {@code total} items, ten a page. */
  private CompletionStage<List<JsonObject>> site(int number, int total, boolean repeatsTheLast) {
    fetched.add(number);
    int last = Math.max(1, (total + 9) / 10);
    int from = ((repeatsTheLast ? Math.min(number, last) : number) - 1) * 10;
    return CompletableFuture.completedStage(
        IntStream.range(from, Math.clamp(total, from, from + 10))
            .mapToObj(item -> JsonObject.of("n", item))
            .toList());
  }

  private List<Integer> part(int number, int limit, int total, boolean repeatsTheLast) {
    return pages
        .part("list", new Page(number, limit), page -> site(page, total, repeatsTheLast))
        .toCompletableFuture()
        .join()
        .stream()
        .map(item -> item.number("n").orElseThrow().intValue())
        .toList();
  }

  @ParameterizedTest(name = "page {0} of {1}, {2} in all: {3} to {4}")
  @CsvSource({
    "1, 10, 95, 0, 10",
    "1, 5, 95, 0, 5",
    "2, 5, 95, 5, 10",
    "3, 5, 95, 10, 15",
    "1, 25, 95, 0, 25",
    "2, 25, 95, 25, 50",
    "4, 25, 95, 75, 95",
    "5, 25, 95, 0, 0",
    "1, 25, 7, 0, 7",
    "2, 25, 7, 0, 0",
    "2, 25, 0, 0, 0",
    "1, 1000, 950, 0, 200",
  })
  void cutsPartsOutOfTheSitesPages(int number, int limit, int total, int from, int to) {
    assertThat(part(number, limit, total, false))
        .isEqualTo(IntStream.range(from, to).boxed().toList());
  }

  @Test
  void endsWhereTheSiteRepeatsItself() {
    assertThat(part(1, 100, 15, true)).hasSize(15);
    assertThat(fetched).containsExactly(1, 2, 3);
  }

  @Test
  void withoutALimitAPageIsTheSites() {
    assertThat(part(3, Page.ALL, 95, false)).first().isEqualTo(20);
    assertThat(fetched).containsExactly(3);
  }

  @Test
  void remembersHowManyThereAreOnAPage() {
    part(1, 10, 95, false);
    fetched.clear();
    part(4, 10, 95, false);
    assertThat(fetched).containsExactly(4);
  }
}
