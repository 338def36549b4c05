package io.github.streamingserver.recorder;

import java.time.Instant;
import java.time.InstantSource;

/** When a recording last got a whole part: what one part's failure means depends on the others. */
final class Liveness {
  private final InstantSource clock;
  private volatile Instant last = Instant.MIN;

  Liveness(InstantSource clock) {
    this.clock = clock;
  }

  /** A part is whole. */
  void success() {
    last = clock.instant();
  }

  /** Whether any part ever was. */
  boolean begun() {
    return !last.equals(Instant.MIN);
  }

  /** Whether one was after {@code moment}. */
  boolean aliveSince(Instant moment) {
    return last.isAfter(moment);
  }
}
