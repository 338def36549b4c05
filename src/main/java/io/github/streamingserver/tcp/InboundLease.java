package io.github.streamingserver.tcp;

import io.github.streamingserver.session.ByteBudget;

/**
 * What one connection has taken from the budget that all share. Frames may be lost between the
 * socket and the session when either ends; closing gives back what they held. Thread-safe.
 */
final class InboundLease {
  private final ByteBudget budget;
  private long taken;
  private boolean closed;

  InboundLease(ByteBudget budget) {
    this.budget = budget;
  }

  /** Takes {@code bytes} where they fit; false, and nothing taken, where not or once closed. */
  synchronized boolean tryAcquire(long bytes) {
    if (closed || !budget.tryAcquire(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  /** Gives back what was taken. */
  synchronized void release(long bytes) {
    if (!closed) {
      taken -= bytes;
      budget.release(bytes);
    }
  }

  /** Gives back all; the connection has ended. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      budget.release(taken);
    }
  }
}
