package io.github.streamingserver.session;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that several holders may have in memory together. Thread-safe, never blocks. */
public final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /** Takes {@code bytes} where they fit; false, and nothing taken, where they don't. */
  public boolean tryAcquire(long bytes) {
    long now = used.get();
    while (now + bytes <= limit) {
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
      now = used.get();
    }
    return false;
  }

  /** Gives back what was taken. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** What is taken now. */
  public long used() {
    return used.get();
  }

  /** The most that may be taken. */
  public long limit() {
    return limit;
  }
}
