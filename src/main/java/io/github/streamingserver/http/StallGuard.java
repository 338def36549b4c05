package io.github.streamingserver.http;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Fails a stream whose source does not answer a demand in time. The time that downstream takes does
 * not count: a disk may be slow. Notices a stall up to an eighth of the limit late.
 */
final class StallGuard<T> extends GraphStage<FlowShape<T, T>> {
  private static final int TICKS = 8;
  private static final String TICK = "tick";

  private final Inlet<T> in = Inlet.create("StallGuard.in");
  private final Outlet<T> out = Outlet.create("StallGuard.out");
  private final FlowShape<T, T> shape = FlowShape.of(in, out);
  private final Duration limit;
  private final Supplier<? extends Throwable> failure;

  StallGuard(Duration limit, Supplier<? extends Throwable> failure) {
    this.limit = limit;
    this.failure = failure;
  }

  @Override
  public FlowShape<T, T> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private int waited;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              push(out, grab(in));
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              waited = 0;
              pull(in);
            }
          });
    }

    @Override
    public void preStart() {
      Duration tick = limit.dividedBy(TICKS);
      scheduleAtFixedRate(TICK, tick, tick);
    }

    @Override
    public void onTimer(Object key) {
      // One tick more than the limit has: the first may have come right after the demand.
      if (hasBeenPulled(in) && ++waited > TICKS) {
        failStage(failure.get());
      }
    }
  }
}
