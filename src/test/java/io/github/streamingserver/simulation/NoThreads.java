package io.github.streamingserver.simulation;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * A common pool without threads: what waits in it is done by who waits for it to come to rest, so
 * that there is one order only.
 */
public final class NoThreads implements ForkJoinWorkerThreadFactory {
  /** As the pool makes it. */
  public NoThreads() {}

  @Override
  public @Nullable ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    return null;
  }
}
