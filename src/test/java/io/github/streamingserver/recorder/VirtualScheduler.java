package io.github.streamingserver.recorder;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** A scheduler whose time jumps from one task to the next when it is told to. */
public final class VirtualScheduler extends AbstractScheduler implements InstantSource {
  static final Instant BEGIN = Instant.parse("2026-11-24T20:00:00Z");

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = BEGIN;

  /** As Pekko makes it. */
  public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  private static final class Task implements Cancellable {
    private final Instant due;
    private final Runnable work;
    private final ExecutionContext executor;
    private boolean over;

    private Task(Instant due, Runnable work, ExecutionContext executor) {
      this.due = due;
      this.work = work;
      this.executor = executor;
    }

    @Override
    public synchronized boolean cancel() {
      boolean first = !over;
      over = true;
      return first;
    }

    @Override
    public synchronized boolean isCancelled() {
      return over;
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

  /** Runs the next task that is due until {@code end}, at its time; false where there is none. */
  boolean runNext(Instant end) {
    Optional<Task> next = next(end);
    next.filter(Task::cancel).ifPresent(task -> task.executor.execute(task.work));
    return next.isPresent();
  }

  private synchronized Optional<Task> next(Instant end) {
    Optional<Task> next =
        tasks.stream()
            .filter(task -> !task.due.isAfter(end))
            .min(Comparator.comparing(task -> task.due));
    next.ifPresent(tasks::remove);
    Instant due = next.map(task -> task.due).orElse(end);
    now = due.isAfter(now) ? due : now;
    return next;
  }

  @Override
  public synchronized Cancellable scheduleOnce(
      FiniteDuration delay, Runnable work, ExecutionContext executor) {
    Task task = new Task(now.plusNanos(delay.toNanos()), work, executor);
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
