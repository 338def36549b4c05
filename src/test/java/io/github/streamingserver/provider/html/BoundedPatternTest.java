package io.github.streamingserver.provider.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedPatternTest {
  private static final String FOREVER = "a*a*a*a*a*a*a*a*b";

  @Test
  void findsTheFirstGroupOrAllOfIt() {
    assertThat(BoundedPattern.compile("id=(\\d+)").first("x id=7 id=8", Configs.noDeadline()))
        .contains("7");
    assertThat(BoundedPattern.compile("\\d+").first("x 7", Configs.noDeadline())).contains("7");
    assertThat(BoundedPattern.compile("\\d").all("123", 2, Configs.noDeadline())).hasSize(2);
  }

  @Test
  void endsAPatternThatBacktracksForEver() {
    AtomicLong nanos = new AtomicLong();
    Deadline deadline = new Deadline(Duration.ofNanos(100), () -> nanos.addAndGet(10));
    assertThatThrownBy(() -> BoundedPattern.compile(FOREVER).first("a".repeat(300), deadline))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining(FOREVER)
        .hasMessageContaining("simpler");
    assertThat(nanos.get()).isLessThan(200);
  }

  @Test
  void tellsOfAPatternThatNestsTooDeep() {
    assertThatThrownBy(
            () ->
                BoundedPattern.compile("<(.|\\n)*>")
                    .first("<" + "x".repeat(1_000_000) + ">", Configs.noDeadline()))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("nests too deep");
  }
}
