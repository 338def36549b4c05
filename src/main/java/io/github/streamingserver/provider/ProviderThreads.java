package io.github.streamingserver.provider;

import io.github.streamingserver.model.ProviderId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that belong to one provider and end with it. */
public final class ProviderThreads {
  /** A provider that hangs in all of them harms itself alone. */
  private static final int MOST = 4;

  /** More than a thousand clients never wait for one provider. */
  private static final int MOST_WAITING = 1000;

  private static final int IDLE_SECONDS = 5;

  private ProviderThreads() {}

  /** A few threads, which end when idle; what is too much is refused. */
  public static ExecutorService create(ProviderId provider) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            work -> Thread.ofPlatform().daemon().name("provider-" + provider).unstarted(work));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
