package io.github.streamingserver.recorder;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A time that passes when a test says so. Streams run in the test's own thread, so that all that a
 * moment brings has happened when {@link #pass} returns; only Scala's futures go on in the common
 * pool, which is waited for.
 */
final class VirtualTime implements InstantSource, AutoCloseable {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.default-dispatcher.type = \
              "org.apache.pekko.testkit.CallingThreadDispatcherConfigurator"
              pekko.scheduler.implementation = \
              "io.github.streamingserver.recorder.VirtualScheduler"
              """)
          .withFallback(ConfigFactory.defaultReference())
          .resolve();

  private final ActorTestKit kit = ActorTestKit.create(CONFIG);
  private final VirtualScheduler scheduler =
      (VirtualScheduler) kit.system().classicSystem().scheduler();

  ActorSystem<Void> system() {
    return kit.system();
  }

  @Override
  public Instant instant() {
    return scheduler.instant();
  }

  /** Time since the beginning. */
  Duration elapsed() {
    return scheduler.elapsed();
  }

  void pass(Duration duration) {
    settle();
    Instant end = instant().plus(duration);
    while (scheduler.runNext(end)) {
      settle();
    }
  }

  /** Waits until nothing more happens at this moment. */
  static void settle() {
    if (!ForkJoinPool.commonPool().awaitQuiescence(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the common pool does not come to rest");
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
