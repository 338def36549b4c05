package io.github.streamingserver.http;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Waits a moment before it reads on where a connection brings small pieces, so that the next are
 * read as one: a network brings a packet at a time, and all that a piece passes through costs as
 * much for a packet as for a hundred. How long, {@link ReadPace} says. Holds nothing: what comes
 * meanwhile waits in the system.
 */
final class ReadPacing extends GraphStage<FlowShape<ByteString, ByteString>> {
  /** After so many nanoseconds without a byte, what comes is another answer. */
  static final long SILENCE = 3_000_000;

  private final Inlet<ByteString> in = Inlet.create("ReadPacing.in");
  private final Outlet<ByteString> out = Outlet.create("ReadPacing.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final List<Executor> rests;
  private final LongSupplier nanoTime;

  /**
   * @param rests each runs what it is given after a moment, longer than that of the one before
   * @param nanoTime as {@link System#nanoTime()}
   */
  ReadPacing(List<Executor> rests, LongSupplier nanoTime) {
    this.rests = List.copyOf(rests);
    this.nanoTime = nanoTime;
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
    private final AsyncCallback<Done> rested = createAsyncCallback(_ -> readOn());
    private final ReadPace pace = new ReadPace(rests.size());
    private boolean resting;
    private long asked;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              ByteString bytes = grab(in);
              rest(pace.read(bytes.size(), nanoTime.getAsLong() - asked > SILENCE));
              push(out, bytes);
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              if (!resting) {
                read();
              }
            }
          });
    }

    private void rest(int length) {
      if (length > 0) {
        resting = true;
        rests.get(length - 1).execute(() -> rested.invoke(Done.getInstance()));
      }
    }

    private void readOn() {
      resting = false;
      if (isAvailable(out) && !isClosed(in)) {
        read();
      }
    }

    private void read() {
      asked = nanoTime.getAsLong();
      pull(in);
    }
  }
}
