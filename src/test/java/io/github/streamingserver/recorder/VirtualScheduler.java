package io.github.streamingserver.recorder;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * A scheduler whose time jumps from one task to the next when it is told to, and the work of all
 * dispatchers of its system, which is done in turn by who lets the time pass. Until it is {@link
 * #hold held}, work goes on by itself.
 */
public final class VirtualScheduler extends AbstractScheduler implements InstantSource {
  static final Instant BEGIN = Instant.parse("2026-11-24T20:00:00Z");

  private static final ExecutionContext IN_PLACE = ExecutionContexts.fromExecutor(Runnable::run);

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.due).thenComparingLong(task -> task.number));
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final ExecutorService free =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("unheld").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private Instant now = BEGIN;
  private long number;
  private boolean held;
  private Duration diskDelay = Duration.ZERO;

  /** As Pekko makes it. */
  public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  private final class Task implements Cancellable {
    private final Instant due;
    private final long number;
    private final Runnable work;
    private final ExecutionContext executor;
    private boolean over;

    private Task(Instant due, long number, Runnable work, ExecutionContext executor) {
      this.due = due;
      this.number = number;
      this.work = work;
      this.executor = executor;
    }

    @Override
    public boolean cancel() {
      synchronized (VirtualScheduler.this) {
        boolean first = !over;
        over = true;
        return first;
      }
    }

    @Override
    public boolean isCancelled() {
      synchronized (VirtualScheduler.this) {
        return over;
      }
    }
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Time since the beginning. */
  Duration elapsed() {
    return Duration.between(BEGIN, instant());
  }

  /** It is as late as that; only before anything is due. */
  synchronized void beginAt(Instant instant) {
    now = instant;
  }

  /** From now on what is to be done on the blocking dispatcher is begun so much later. */
  synchronized void diskDelay(Duration delay) {
    diskDelay = delay;
  }

  /** From now on work waits for {@link #work}. */
  void hold() {
    free.execute(this::beHeld);
    try {
      free.submit(() -> {}).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void beHeld() {
    held = true;
  }

  /** From now on work goes on by itself. */
  synchronized void release() {
    held = false;
    ready.forEach(free::execute);
    ready.clear();
  }

  /** No work may come any more. */
  void close() {
    free.shutdown();
  }

  /** For the dispatchers: what is to be done as soon as it is its turn. */
  synchronized void execute(Runnable work, boolean disk) {
    if (!held) {
      free.execute(work);
    } else if (disk && diskDelay.isPositive()) {
      tasks.add(new Task(now.plus(diskDelay), number++, () -> ready.add(work), IN_PLACE));
    } else {
      ready.add(work);
    }
  }

  /** Does the next that waits; false where nothing does. */
  boolean work() {
    Runnable next;
    synchronized (this) {
      next = ready.poll();
    }
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  /** Runs the next task that is due until {@code end}, at its time; false where there is none. */
  boolean runNext(Instant end) {
    Optional<Task> next = next(end);
    next.filter(Task::cancel).ifPresent(task -> task.executor.execute(task.work));
    return next.isPresent();
  }

  private synchronized Optional<Task> next(Instant end) {
    while (!tasks.isEmpty() && tasks.peek().over) {
      tasks.remove();
    }
    Optional<Task> next = Optional.ofNullable(tasks.peek()).filter(task -> !task.due.isAfter(end));
    next.ifPresent(_ -> tasks.remove());
    Instant due = next.map(task -> task.due).orElse(end);
    now = due.isAfter(now) ? due : now;
    return next;
  }

  @Override
  public synchronized Cancellable scheduleOnce(
      FiniteDuration delay, Runnable work, ExecutionContext executor) {
    Task task = new Task(now.plusNanos(delay.toNanos()), number++, work, executor);
    tasks.add(task);
    return task;
  }

  @Override
  @Deprecated
  public Cancellable schedule(
      FiniteDuration delay, FiniteDuration interval, Runnable work, ExecutionContext executor) {
    throw new UnsupportedOperationException("use scheduleWithFixedDelay");
  }

  @Override
  public double maxFrequency() {
    return 1000;
  }
}
