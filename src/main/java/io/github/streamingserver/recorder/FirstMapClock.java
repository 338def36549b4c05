package io.github.streamingserver.recorder;

import io.github.streamingserver.mpegts.Ticks;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * For streams whose own times can't be seen: the only section begins where the first segment's own
 * count does.
 */
final class FirstMapClock implements SourceClock {
  private static final long TICKS_PER_MILLI = Ticks.PER_SECOND / 1000;

  private final int section;
  private OptionalLong first = OptionalLong.empty();

  FirstMapClock(int section) {
    this.section = section;
  }

  @Override
  public synchronized CompletionStage<Optional<Place>> place(Span span) {
    if (first.isEmpty()) {
      first = OptionalLong.of(span.origin());
    }
    long start = Ticks.between(first.getAsLong(), span.start()) / TICKS_PER_MILLI;
    long end = start + (span.end() - span.start()) / TICKS_PER_MILLI;
    return CompletableFuture.completedFuture(
        end > 0 ? Optional.of(new Place(section, Math.max(0, start), end)) : Optional.empty());
  }

  @Override
  public void end() {
    // Nothing ever waits.
  }
}
