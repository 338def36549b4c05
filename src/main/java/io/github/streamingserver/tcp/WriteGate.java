package io.github.streamingserver.tcp;

import io.github.streamingserver.session.SlowClientException;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Passes on what is to be written to a connection that asks for the next when it has written all of
 * the one before: one at a time, each with a turn of {@link WriteTurns}. Fails with {@link
 * SlowClientException} where the connection doesn't take it while others wait.
 */
final class WriteGate extends GraphStage<FlowShape<ByteString, ByteString>> {
  /** How long a write may take while others wait: much longer than the system needs for it. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String PRESS = "press";

  private final WriteTurns turns;
  private final Inlet<ByteString> in = Inlet.create("WriteGate.in");
  private final Outlet<ByteString> out = Outlet.create("WriteGate.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  WriteGate(WriteTurns turns) {
    this.turns = turns;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final WriteTurns.Turn turn;
    private Optional<ByteString> waiting = Optional.empty();
    private boolean writing;

    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              waiting = Optional.of(grab(in));
              if (turns.begin(turn)) {
                write();
              } else {
                scheduleWithFixedDelay(PRESS, PATIENCE, PATIENCE);
              }
            }

            @Override
            public void onPull() {
              written();
            }

            @Override
            public void onUpstreamFinish() {
              if (waiting.isEmpty() && !writing) {
                completeStage();
              }
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
      this.turn =
          new WriteTurns.Turn(
              told(this::write),
              told(
                  () ->
                      failStage(
                          new SlowClientException(
                              "it doesn't read while others wait (tcp.outbound-writes)"))));
    }

    private Runnable told(Runnable action) {
      var callback = this.<Runnable>createAsyncCallback(Runnable::run);
      return () -> callback.invoke(action);
    }

    @Override
    public void onTimer(Object timer) {
      turns.press();
    }

    @Override
    public void postStop() {
      turns.end(turn);
    }

    private void write() {
      cancelTimer(PRESS);
      waiting.ifPresent(bytes -> push(out, bytes));
      waiting = Optional.empty();
      writing = true;
    }

    private void written() {
      writing = false;
      turns.end(turn);
      if (isClosed(in)) {
        completeStage();
      } else {
        pull(in);
      }
    }
  }
}
