package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.recorder.SectionClock.Written;
import io.github.streamingserver.recorder.SourceClock.Place;
import io.github.streamingserver.recorder.SourceClock.Span;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in whole seconds. */
class SectionClockTest {
  private static final long SECOND = 90_000;

  private final SectionClock clock = new SectionClock();

  private static Span span(long discontinuities, double start, double end) {
    return new Span(discontinuities, 0, (long) (start * SECOND), (long) (end * SECOND));
  }

  private void written(int section, long discontinuities, long first, long last, long shown) {
    clock.written(
        new Written(section, discontinuities, first * SECOND, last * SECOND, shown * SECOND));
  }

  private CompletableFuture<Optional<Place>> place(Span span) {
    return clock.place(span).toCompletableFuture();
  }

  /** 10-20 in section 0; then 100-110 after a jump, right after it; then section 1. */
  @ParameterizedTest
  @CsvSource({
    "0, 12,   13,   0, 2000, 3000",
    "0, 19.5, 22,   0, 9500, 12000",
    "0, 9,    11,   0, 0, 1000",
    "0, 20.2, 21,   0, 10200, 11000",
    "1, 101,  102,  0, 11000, 12000",
    "2, 101,  102,  1, 1000, 2000",
    "2, 115,  116,  1, 15000, 16000"
  })
  void knowsWhereTimesWent(
      long discontinuities, double from, double to, int section, long start, long end) {
    written(0, 0, 10, 15, 10);
    written(0, 0, 15, 20, 10);
    written(0, 1, 100, 110, 90);
    written(1, 2, 100, 110, 100);
    written(1, 2, 110, 120, 100);
    assertThat(place(span(discontinuities, from, to)))
        .isCompletedWithValue(Optional.of(new Place(section, start, end)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "0, 25, 26", "1, 15, 16"})
  void whatWasNeverWrittenHasNoPlace(long discontinuities, double from, double to) {
    written(0, 0, 10, 20, 10);
    written(0, 0, 30, 40, 20);
    written(1, 2, 10, 20, 10);
    assertThat(place(span(discontinuities, from, to))).isCompletedWithValue(Optional.empty());
  }

  @Test
  void whatIsAheadWaits() {
    CompletableFuture<Optional<Place>> first = place(span(0, 12, 13));
    CompletableFuture<Optional<Place>> next = place(span(1, 5, 6));
    written(0, 0, 10, 20, 10);
    assertThat(first).isCompletedWithValue(Optional.of(new Place(0, 2000, 3000)));
    assertThat(next).isNotDone();
    written(0, 1, 0, 10, -10);
    assertThat(next).isCompletedWithValue(Optional.of(new Place(0, 15_000, 16_000)));
  }

  @Test
  void whatStillWaitsAtTheEndHasNoPlace() {
    written(0, 0, 10, 20, 10);
    CompletableFuture<Optional<Place>> waiting = place(span(0, 30, 31));
    assertThat(waiting).isNotDone();
    clock.end();
    assertThat(waiting).isCompletedWithValue(Optional.empty());
    assertThat(place(span(0, 40, 41))).isCompletedWithValue(Optional.empty());
  }

  @Test
  void timesWrap() {
    long wrap = 1L << 33;
    clock.written(new Written(0, 0, wrap - 5 * SECOND, 5 * SECOND, wrap - 5 * SECOND));
    assertThat(clock.place(new Span(0, 0, wrap + SECOND, wrap + 2 * SECOND)).toCompletableFuture())
        .isCompletedWithValue(Optional.of(new Place(0, 6000, 7000)));
  }
}
