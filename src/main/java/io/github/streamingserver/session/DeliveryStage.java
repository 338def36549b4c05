package io.github.streamingserver.session;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Tells of each message that it is sent, which is when the connection asks for the next: until then
 * it is held in memory. Ends when the last one is sent.
 */
final class DeliveryStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Consumer<ByteString> onSent;
  private final Inlet<ByteString> in = Inlet.create("DeliveryStage.in");
  private final Outlet<ByteString> out = Outlet.create("DeliveryStage.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  /**
   * @param onSent run on a thread of the stream; not for what is never sent
   */
  DeliveryStage(Consumer<ByteString> onSent) {
    this.onSent = onSent;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private Optional<ByteString> underWay = Optional.empty();

    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              ByteString message = grab(in);
              underWay = Optional.of(message);
              push(out, message);
            }

            @Override
            public void onPull() {
              underWay.ifPresent(onSent);
              underWay = Optional.empty();
              if (isClosed(in)) {
                completeStage();
              } else {
                pull(in);
              }
            }

            @Override
            public void onUpstreamFinish() {
              if (underWay.isEmpty()) {
                completeStage();
              }
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
    }
  }
}
