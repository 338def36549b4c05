package io.github.streamingserver.provider.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.ProviderBench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that is renewed while it is in use. */
class ListSourceTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @TempDir Path folder;

  private final Deque<Runnable> due = new ArrayDeque<>();
  private Origin origin;
  private ProviderBench bench;

  @BeforeEach
  void start() {
    origin = new Origin(folder);
    bench = new ProviderBench(Instant.parse("2026-07-01T12:00:00Z"));
    serve("First");
  }

  @AfterEach
  void stop() {
    bench.close();
    origin.close();
  }

  private void serve(String title) {
    origin.serve("list", "[{\"t\": \"%s\", \"u\": \"http://a\"}]".formatted(title));
  }

  private ListSource source() throws Exception {
    String config =
        "{\"list\": {\"url\": \"%s\", \"item\": {\"title\": \"/t\", \"url\": \"/u\"}}}"
            .formatted(origin.url("list"));
    var context = bench.context(folder, config, "{}");
    return new ListSource(
        context,
        ListSpec.of(context.manifest().config(), context.settings()),
        UnaryOperator.identity(),
        (delay, task) -> {
          assertThat(delay).isEqualTo(ListSource.LOOK);
          due.add(task);
          return () -> due.remove(task);
        });
  }

  private static List<String> titles(ListSource source) {
    return ProviderBench.await(source.list()).channels().stream().map(Channel::title).toList();
  }

  private int loads() {
    return origin.requests("list").size();
  }

  @Test
  void isFetchedOnceAndRenewedByItselfWhenHalfAnHourHasPassed() throws Exception {
    ListSource source = source();
    assertThat(due).isEmpty();
    assertThat(titles(source)).containsExactly("First");
    serve("Second");
    bench.pass(HALF_AN_HOUR.minusSeconds(1));
    due.remove().run();
    assertThat(titles(source)).containsExactly("First");
    assertThat(loads()).isEqualTo(1);
    bench.pass(Duration.ofSeconds(1));
    due.remove().run();
    Awaitility.await().until(() -> titles(source).equals(List.of("Second")));
    assertThat(loads()).isEqualTo(2);
    assertThat(due).hasSize(1);
  }

  @Test
  void isNotRenewedAfterItsEnd() throws Exception {
    ListSource source = source();
    assertThat(titles(source)).containsExactly("First");
    source.close();
    assertThat(due).isEmpty();
    bench.pass(HALF_AN_HOUR.multipliedBy(2));
    assertThat(titles(source)).containsExactly("First");
    assertThat(loads()).isEqualTo(1);
  }

  @Test
  void isServedFromItsFileAfterARestartWhileTheSiteIsDown() throws Exception {
    try (ListSource source = source()) {
      assertThat(titles(source)).containsExactly("First");
    }
    bench.pass(HALF_AN_HOUR);
    origin.route("list", _ -> Answer.status(503));
    assertThat(titles(source())).containsExactly("First");
  }

  @Test
  void aListThatHasBecomeEmptyReplacesNothing() throws Exception {
    try (ListSource source = source()) {
      assertThat(titles(source)).containsExactly("First");
    }
    bench.pass(HALF_AN_HOUR);
    origin.serve("list", "[{\"moved\": 1}]");
    ListSource source = source();
    assertThat(titles(source)).containsExactly("First");
    Awaitility.await().until(() -> loads() == 2);
    assertThat(titles(source)).containsExactly("First");
  }

  @Test
  void aSiteThatWasNeverThereIsNamed() throws Exception {
    origin.route("list", _ -> Answer.status(404));
    ListSource source = source();
    assertThatThrownBy(() -> titles(source))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("/list answered 404");
    serve("Back");
    assertThat(titles(source)).containsExactly("Back");
  }

  @Test
  void aSiteWithoutItemsIsNamed() throws Exception {
    origin.serve("list", "[]");
    ListSource source = source();
    assertThatThrownBy(() -> titles(source))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("/list has no item with a title and an address");
  }
}
