package io.github.streamingserver.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** Connections that are read as {@link ReadPacing} has it. Safe for use from any thread. */
final class PacedTransport extends ClientTransport {
  private final ClientTransport transport;
  private final List<Executor> rests;

  private PacedTransport(ClientTransport transport, Duration pause) {
    this.transport = transport;
    // The actor system's own scheduler ticks too seldom for them.
    this.rests = Stream.of(1, 2, 4, 8).map(times -> after(pause.multipliedBy(times))).toList();
  }

  /**
   * The connections of {@code transport}, paced.
   *
   * @param pause the shortest rest, the longest takes eight times as long; zero: not paced
   */
  static ClientTransport of(ClientTransport transport, Duration pause) {
    return pause.isZero() ? transport : new PacedTransport(transport, pause);
  }

  private static Executor after(Duration pause) {
    return task -> {
      long rest = rest(System.nanoTime(), pause.toNanos());
      CompletableFuture.delayedExecutor(rest, TimeUnit.NANOSECONDS, Runnable::run).execute(task);
    };
  }

  /**
   * Nanoseconds, about {@code pause}, from {@code now} until a time that all connections share:
   * what wakes up for one then reads the others too.
   */
  static long rest(long now, long pause) {
    long untilNext = pause - Math.floorMod(now, pause);
    return untilNext < pause / 2 ? untilNext + pause : untilNext;
  }

  @Override
  public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
      String host, int port, ClientConnectionSettings settings, ActorSystem system) {
    return transport
        .connectTo(host, port, settings, system)
        .via(new ReadPacing(rests, System::nanoTime));
  }
}
