package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.session.Frame;
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
 * Bytes → frames: a 4-byte big-endian unsigned length, then that many bytes. A frame that is too
 * long is announced as {@link Frame.TooLong} and skipped to its last byte, so that the connection
 * stays in step. Pekko's own {@code Framing.lengthField} ends the connection instead, and keeps
 * what it waits for without a common bound.
 *
 * <p>The stage fails with {@link ConnectionRefusedException} where the common budget stays used up
 * or a frame stays incomplete for too long.
 */
final class FrameDecoder extends GraphStage<FlowShape<ByteString, Frame>> {
  private static final int HEADER = 4;
  private static final Duration BUDGET_POLL = Duration.ofMillis(100);

  private final TcpSettings settings;
  private final InboundLease budget;
  private final Inlet<ByteString> in = Inlet.create("FrameDecoder.in");
  private final Outlet<Frame> out = Outlet.create("FrameDecoder.out");
  private final FlowShape<ByteString, Frame> shape = FlowShape.of(in, out);

  FrameDecoder(TcpSettings settings, InboundLease budget) {
    this.settings = settings;
    this.budget = budget;
  }

  @Override
  public FlowShape<ByteString, Frame> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private ByteString input = ByteString.emptyByteString();
    private Optional<FrameBuffer> frame = Optional.empty();
    private long skip;
    private Duration held = Duration.ZERO;

    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              cancelTimer(Timer.FRAME);
              input = input.concat(grab(in));
              decode();
            }

            @Override
            public void onPull() {
              decode();
            }

            @Override
            public void onUpstreamFinish() {
              if (isAvailable(out)) {
                completeStage();
              }
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
    }

    /** Emits at most one frame, and asks for bytes only where it can't. */
    private void decode() {
      dropSkipped();
      if (frame.isEmpty() && skip == 0 && input.size() >= HEADER) {
        long length =
            Integer.toUnsignedLong(input.iterator().getInt(java.nio.ByteOrder.BIG_ENDIAN));
        input = input.drop(HEADER);
        if (length > settings.maxMessageSize()) {
          skip = length;
          push(out, new Frame.TooLong(length));
          dropSkipped();
          return;
        }
        frame = Optional.of(new FrameBuffer((int) length, settings.inboundAllowance(), budget));
      }
      frame.ifPresentOrElse(this::fill, this::more);
    }

    private void fill(FrameBuffer buffer) {
      input = buffer.append(input);
      if (buffer.isFull()) {
        frame = Optional.empty();
        held = Duration.ZERO;
        push(out, new Frame.Complete(buffer.content(), buffer::release));
      } else if (input.isEmpty()) {
        more();
      } else if (held.compareTo(settings.inboundHold()) >= 0) {
        failStage(
            new ConnectionRefusedException(
                "it would keep more of an incomplete message than tcp.inbound-budget has left"));
      } else {
        held = held.plus(BUDGET_POLL);
        scheduleOnce(Timer.BUDGET, BUDGET_POLL);
      }
    }

    private void more() {
      if (isClosed(in)) {
        completeStage();
        return;
      }
      if (frame.isPresent() || skip > 0 || !input.isEmpty()) {
        scheduleOnce(Timer.FRAME, settings.frameTimeout());
      }
      if (!hasBeenPulled(in)) {
        pull(in);
      }
    }

    private void dropSkipped() {
      int dropped = (int) Math.min(skip, input.size());
      input = input.drop(dropped);
      skip -= dropped;
    }

    @Override
    public void onTimer(Object timer) {
      if (timer == Timer.BUDGET) {
        decode();
      } else {
        failStage(
            new ConnectionRefusedException(
                "it began a message and sent nothing more for tcp.frame-timeout"));
      }
    }

    @Override
    public void postStop() {
      frame.ifPresent(FrameBuffer::release);
    }
  }

  private enum Timer {
    BUDGET,
    FRAME
  }
}
