package io.github.streamingserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteTurnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private long now;
  private final WriteTurns turns = new WriteTurns(2, PATIENCE, () -> now);
  private final List<String> told = new ArrayList<>();
  private final Map<String, WriteTurns.Turn> clients = new HashMap<>();

  private WriteTurns.Turn client(String name) {
    return clients.computeIfAbsent(
        name,
        _ -> new WriteTurns.Turn(() -> told.add(name + " goes"), () -> told.add(name + " ends")));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void letsSoManyWriteAtOnceAndTheOthersInTheirOrder() {
    assertThat(turns.begin(client("a"))).isTrue();
    assertThat(turns.begin(client("b"))).isTrue();
    assertThat(turns.begin(client("c"))).isFalse();
    assertThat(turns.begin(client("d"))).isFalse();
    turns.end(client("b"));
    turns.end(client("a"));
    assertThat(told).containsExactly("c goes", "d goes");
    turns.end(client("c"));
    assertThat(turns.begin(client("a"))).isTrue();
    assertThat(turns.begin(client("b"))).isFalse();
  }

  @Test
  void forgetsOneThatIsGoneWhileItWaits() {
    turns.begin(client("a"));
    turns.begin(client("b"));
    turns.begin(client("gone"));
    turns.begin(client("c"));
    turns.end(client("gone"));
    turns.end(client("a"));
    assertThat(told).containsExactly("c goes");
  }

  @Test
  void endingWhatIsNotBegunGivesNoTurnAway() {
    turns.begin(client("a"));
    turns.begin(client("b"));
    turns.end(client("stranger"));
    turns.end(client("a"));
    turns.end(client("a"));
    assertThat(turns.begin(client("c"))).isTrue();
    assertThat(turns.begin(client("d"))).isFalse();
  }

  @Test
  void hasThoseGiveUpWhoKeepOthersWaitingForLongestFirst() {
    turns.begin(client("a"));
    pass(PATIENCE.dividedBy(2));
    turns.begin(client("b"));
    turns.begin(client("c"));
    turns.press();
    assertThat(told).isEmpty();
    pass(PATIENCE.dividedBy(2));
    turns.press();
    turns.press();
    assertThat(told).containsExactly("a ends");
    pass(PATIENCE.dividedBy(2));
    turns.press();
    turns.press();
    assertThat(told).containsExactly("a ends", "b ends");
    turns.end(client("a"));
    assertThat(told).last().isEqualTo("c goes");
  }

  @Test
  void aTurnThatWasWaitedForIsYoung() {
    turns.begin(client("a"));
    turns.begin(client("b"));
    turns.begin(client("c"));
    pass(PATIENCE);
    turns.end(client("a"));
    turns.press();
    turns.press();
    assertThat(told).containsExactly("c goes", "b ends");
  }
}
