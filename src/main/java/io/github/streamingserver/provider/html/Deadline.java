package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long the patterns of one page may take, all of them together. For one thread. */
final class Deadline {
  /** Reading a clock costs more than a step of a pattern. */
  private static final int STEPS_BETWEEN_LOOKS = 4096;

  private final LongSupplier nanos;
  private final Duration limit;
  private final long end;
  private int steps;

  /** {@code limit} from now on, by a clock such as {@link System#nanoTime}. */
  Deadline(Duration limit, LongSupplier nanos) {
    this.nanos = nanos;
    this.limit = limit;
    this.end = nanos.getAsLong() + limit.toNanos();
  }

  /**
   * Counts a step.
   *
   * @throws StreamException where the time is up
   */
  void step(BoundedPattern pattern) {
    if (++steps % STEPS_BETWEEN_LOOKS == 0 && nanos.getAsLong() - end > 0) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Pattern %s takes more than %d ms; make it simpler: no repetition within a repetition"
                  .formatted(pattern, limit.toMillis())));
    }
  }
}
