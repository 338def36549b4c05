package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.MediaTimes.Span;
import io.github.streamingserver.mpegts.Ticks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** When the parts of separate sound end that went into a run of ffmpeg last. One thread. */
final class SoundParts {
  /** As far as the ends of two renditions' segments may be apart that belong to each other. */
  static final long DRIFT = Ticks.PER_SECOND / 2;

  /** Parts that are remembered, more than can be ahead of the picture. */
  private static final int MOST = 64;

  private final Deque<Span> spans = new ArrayDeque<>();
  private boolean untimed;
  private boolean ended;

  /** All of a part is in. */
  void fed(MediaTimes times) {
    untimed |= times.sound().isEmpty();
    times.sound().ifPresent(spans::add);
    if (spans.size() > MOST) {
      spans.remove();
    }
  }

  /** No more goes into this run. */
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /** The part that went in last. */
  Optional<Span> last() {
    return Optional.ofNullable(spans.peekLast());
  }

  /** The part that ends with a picture's part that ends at {@code end}. */
  Optional<Span> endingWith(long end) {
    return spans.stream().filter(span -> Math.abs(between(end, span)) <= DRIFT).findFirst();
  }

  /** Whether no part that ends with {@code end} is still to come, as far as can be known. */
  boolean reaches(long end) {
    return untimed || ended || last().filter(span -> between(end, span) > 0).isPresent();
  }

  private static long between(long end, Span span) {
    return Ticks.between(Ticks.wrap(end), Ticks.wrap(span.end()));
  }
}
