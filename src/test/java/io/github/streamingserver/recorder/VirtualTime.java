package io.github.streamingserver.recorder;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A time that passes when a test says so. All that a moment brings is done in the test's own thread
 * before {@link #pass} returns, one after the other; only Scala's futures go on in the common pool,
 * which is waited for.
 */
public final class VirtualTime implements InstantSource, AutoCloseable {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              virtual { executor = "io.github.streamingserver.recorder.VirtualDispatcher" }
              pekko.actor.default-dispatcher = ${virtual}
              pekko.actor.internal-dispatcher = ${virtual}
              pekko.actor.default-blocking-io-dispatcher = ${virtual}
              streamingserver.blocking-dispatcher = ${virtual}
              streamingserver.disk-dispatcher = ${virtual}
              real { type = Dispatcher, executor = "default-executor" }
              pekko.loggers-dispatcher = real
              pekko.scheduler.implementation = \
              "io.github.streamingserver.recorder.VirtualScheduler"
              pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
              """)
          .withFallback(ConfigFactory.defaultReference())
          .resolve();

  private final ActorTestKit kit;
  private final VirtualScheduler scheduler;

  /** A system in which it is evening. */
  public VirtualTime() {
    this(VirtualScheduler.BEGIN);
  }

  /** A system in which it is as late as that. */
  public VirtualTime(Instant begin) {
    kit = ActorTestKit.create(CONFIG);
    scheduler = (VirtualScheduler) kit.system().classicSystem().scheduler();
    scheduler.beginAt(begin);
    scheduler.hold();
  }

  /** The system that lives in this time. */
  public ActorSystem<Void> system() {
    return kit.system();
  }

  @Override
  public Instant instant() {
    return scheduler.instant();
  }

  /** This time as a clock in UTC. */
  public Clock clock() {
    return withZone(ZoneOffset.UTC);
  }

  /** Time since the beginning. */
  Duration elapsed() {
    return scheduler.elapsed();
  }

  /** From now on whoever uses the blocking dispatcher waits so long for its turn. */
  public void diskDelay(Duration delay) {
    scheduler.diskDelay(delay);
  }

  /** Lets so much time pass. */
  public void pass(Duration duration) {
    passUntil(instant().plus(duration));
  }

  /** Lets time pass until then. */
  public void passUntil(Instant end) {
    settle();
    while (scheduler.runNext(end)) {
      settle();
    }
  }

  /** Goes on until nothing more happens at this moment. */
  public void settle() {
    do {
      awaitFutures();
    } while (scheduler.work());
  }

  private static void awaitFutures() {
    if (!ForkJoinPool.commonPool().awaitQuiescence(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the common pool does not come to rest");
    }
  }

  @Override
  public void close() {
    scheduler.release();
    kit.shutdownTestKit();
    scheduler.close();
  }
}
