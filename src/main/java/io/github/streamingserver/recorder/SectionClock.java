package io.github.streamingserver.recorder;

import io.github.streamingserver.mpegts.Ticks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows from each segment that is written what became of its times; what comes before its segment
 * waits for that.
 */
final class SectionClock implements SourceClock {
  /**
   * What became of a stretch of the source, in ticks.
   *
   * @param first the first time in it
   * @param last the last time in it
   * @param shown the time that the section's file begins with, as it was in this stretch
   */
  record Written(int section, long discontinuities, long first, long last, long shown) {
    /** A stretch is cut here, so that a time is never mistaken for one that has wrapped. */
    private static final long MAX_LENGTH = 3600 * Ticks.PER_SECOND;

    private boolean holds(long time) {
      return Ticks.between(first, time) >= 0 && Ticks.between(time, last) >= 0;
    }

    private boolean goesOnIn(Written next) {
      return section == next.section
          && discontinuities == next.discontinuities
          && shown == next.shown
          && Ticks.between(first, next.first) >= 0
          && Ticks.between(first, next.last) < MAX_LENGTH;
    }

    private Place place(Span span) {
      long start = Ticks.between(shown, span.start()) / TICKS_PER_MILLI;
      long end = start + (span.end() - span.start()) / TICKS_PER_MILLI;
      return new Place(section, Math.max(0, start), Math.max(0, end));
    }
  }

  private record Waiting(Span span, CompletableFuture<Optional<Place>> place) {}

  private static final long TICKS_PER_MILLI = Ticks.PER_SECOND / 1000;

  /** Weeks of a channel; what is longer ago has been asked for. */
  private static final int MOST_STRETCHES = 4096;

  /** As long as the last frame of a segment may be shown. */
  private static final long LAST_FRAME = Ticks.PER_SECOND / 2;

  private final Deque<Written> newestFirst = new ArrayDeque<>();
  private List<Waiting> waiting = new ArrayList<>();
  private boolean over;

  /** A segment is written, after all those that were told of before. */
  void written(Written segment) {
    List<Runnable> known = new ArrayList<>();
    synchronized (this) {
      Written last = newestFirst.peekFirst();
      if (last != null && last.goesOnIn(segment)) {
        newestFirst.removeFirst();
        newestFirst.addFirst(
            new Written(
                last.section,
                last.discontinuities,
                last.first,
                Ticks.between(last.last, segment.last) > 0 ? segment.last : last.last,
                last.shown));
      } else {
        newestFirst.addFirst(segment);
      }
      if (newestFirst.size() > MOST_STRETCHES) {
        newestFirst.removeLast();
      }
      settle(known);
    }
    known.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<Optional<Place>> place(Span span) {
    synchronized (this) {
      if (!over && isAhead(span)) {
        Waiting entry = new Waiting(span, new CompletableFuture<>());
        waiting.add(entry);
        return entry.place;
      }
      return CompletableFuture.completedFuture(find(span));
    }
  }

  @Override
  public void end() {
    List<Runnable> known = new ArrayList<>();
    synchronized (this) {
      over = true;
      settle(known);
    }
    known.forEach(Runnable::run);
  }

  private void settle(List<Runnable> known) {
    List<Waiting> still = new ArrayList<>();
    for (Waiting entry : waiting) {
      if (!over && isAhead(entry.span)) {
        still.add(entry);
      } else {
        Optional<Place> found = find(entry.span);
        known.add(() -> entry.place.complete(found));
      }
    }
    waiting = still;
  }

  private boolean isAhead(Span span) {
    Written last = newestFirst.peekFirst();
    return last == null
        || span.discontinuities() > last.discontinuities
        || (span.discontinuities() == last.discontinuities
            && Ticks.between(last.last, span.start()) > 0);
  }

  private Optional<Place> find(Span span) {
    return newestFirst.stream()
        .filter(stretch -> stretch.discontinuities == span.discontinuities())
        .filter(stretch -> stretch.holds(span.start()))
        .findFirst()
        .or(() -> lastFrame(span))
        .or(() -> begunBefore(span))
        .map(stretch -> stretch.place(span));
  }

  /** What begins while the last frame of a stretch is shown. */
  private Optional<Written> lastFrame(Span span) {
    return newestFirst.stream()
        .filter(stretch -> stretch.discontinuities == span.discontinuities())
        .filter(stretch -> stretch.holds(span.start() - LAST_FRAME))
        .findFirst();
  }

  /** What begins before a stretch and lasts into it. */
  private Optional<Written> begunBefore(Span span) {
    return newestFirst.stream()
        .filter(stretch -> stretch.discontinuities == span.discontinuities())
        .filter(stretch -> Ticks.between(span.start(), stretch.first) >= 0)
        .filter(stretch -> Ticks.between(stretch.first, span.end()) > 0)
        .findFirst();
  }
}
