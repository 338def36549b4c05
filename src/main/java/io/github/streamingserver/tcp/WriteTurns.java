package io.github.streamingserver.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How many clients are sent to at once. Until the system has taken all of a write, Pekko holds a
 * buffer outside the heap for it, whole whatever the write's size: clients that don't read would
 * hold as many as there are of them. With a turn for each, those who wait go in their order, and
 * where all turns are taken, who has kept one for too long must give it up. Thread-safe, never
 * blocks.
 */
final class WriteTurns {
  /** One connection's, again and again. */
  static final class Turn {
    private final Runnable go;
    private final Runnable giveUp;
    private long since;
    private boolean toldToGiveUp;

    /**
     * Neither may call back.
     *
     * @param go has it begin to write, where it had to wait
     * @param giveUp has it end the connection
     */
    Turn(Runnable go, Runnable giveUp) {
      this.go = go;
      this.giveUp = giveUp;
    }
  }

  private final int most;
  private final long patience;
  private final LongSupplier nanoTime;
  private final Set<Turn> taken = new LinkedHashSet<>();
  private final Deque<Turn> waiting = new ArrayDeque<>();

  /**
   * @param most turns at once
   * @param patience how long one may be kept while others wait
   */
  WriteTurns(int most, Duration patience, LongSupplier nanoTime) {
    this.most = most;
    this.patience = patience.toNanos();
    this.nanoTime = nanoTime;
  }

  /** True where {@code turn} is taken now; else it is told to go when it may. */
  synchronized boolean begin(Turn turn) {
    if (taken.size() >= most) {
      waiting.add(turn);
      return false;
    }
    take(turn);
    return true;
  }

  /** What {@code turn} was for is done, or no longer wanted; nothing where it wasn't begun. */
  synchronized void end(Turn turn) {
    if (!taken.remove(turn)) {
      waiting.remove(turn);
    } else if (!waiting.isEmpty()) {
      Turn next = waiting.remove();
      take(next);
      next.go.run();
    }
  }

  /** Someone has waited for a while: one of those who keep others waiting gives up. */
  synchronized void press() {
    for (Turn turn : taken) {
      if (nanoTime.getAsLong() - turn.since < patience) {
        return;
      }
      if (!turn.toldToGiveUp) {
        turn.toldToGiveUp = true;
        turn.giveUp.run();
        return;
      }
    }
  }

  private void take(Turn turn) {
    turn.since = nanoTime.getAsLong();
    taken.add(turn);
  }
}
