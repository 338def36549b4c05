package io.github.streamingserver.tcp;

import java.time.Duration;
import java.util.function.BooleanSupplier;
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
 * Passes bytes on, and fails with {@link ConnectionRefusedException} where the handshake is not
 * over in time, however busily a client sends its bytes one by one.
 */
final class HandshakeDeadline extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final BooleanSupplier agreed;
  private final Duration timeout;
  private final Inlet<ByteString> in = Inlet.create("HandshakeDeadline.in");
  private final Outlet<ByteString> out = Outlet.create("HandshakeDeadline.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  HandshakeDeadline(BooleanSupplier agreed, Duration timeout) {
    this.agreed = agreed;
    this.timeout = timeout;
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
    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              push(out, grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
    }

    @Override
    public void preStart() {
      scheduleOnce(HandshakeDeadline.class, timeout);
    }

    @Override
    public void onTimer(Object timer) {
      if (!agreed.getAsBoolean()) {
        failStage(
            new ConnectionRefusedException(
                "there was no TLS handshake within tcp.tls.handshake-timeout"));
      }
    }
  }
}
