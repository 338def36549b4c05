package io.github.streamingserver.simulation;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;

/** Throws at the next message, when it is told to. */
final class Crasher<T> extends BehaviorInterceptor<T, T> {
  private final AtomicBoolean due;
  private final Runnable told;

  Crasher(Class<T> kind, AtomicBoolean due, Runnable told) {
    super(kind);
    this.due = due;
    this.told = told;
  }

  @Override
  public Behavior<T> aroundReceive(
      TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
    if (due.getAndSet(false)) {
      told.run();
      throw new SimulatedCrashException();
    }
    return target.apply(context, message);
  }
}
