package io.github.streamingserver.recorder;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Has a dispatcher's work done by the {@link VirtualScheduler} of its system. */
public final class VirtualDispatcher extends ExecutorServiceConfigurator {
  private static final String DISK = "streamingserver.disk-dispatcher";

  private final VirtualScheduler scheduler;

  /** As Pekko makes it. */
  public VirtualDispatcher(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.scheduler = (VirtualScheduler) prerequisites.scheduler();
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> new InTurn(scheduler, id.equals(DISK));
  }

  private static final class InTurn extends AbstractExecutorService {
    private final VirtualScheduler scheduler;
    private final boolean disk;
    private volatile boolean shutdown;

    private InTurn(VirtualScheduler scheduler, boolean disk) {
      this.scheduler = scheduler;
      this.disk = disk;
    }

    @Override
    public void execute(Runnable work) {
      scheduler.execute(work, disk);
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown;
    }
  }
}
