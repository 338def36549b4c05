package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Runs a {@link SectionWriter} over the pieces, for the blocking dispatcher, and passes on its
 * facts. However the stream ends (complete, failed, cancelled, its actor dead), the files are cut
 * to their last whole part, flushed and closed before anything downstream hears of the end.
 */
final class FileStage extends GraphStage<FlowShape<Piece, Fact>> {
  private static final String PASS_TIME = "pass-time";

  private final Supplier<SectionWriter> writers;
  private final Duration interval;
  private final Inlet<Piece> in = Inlet.create("FileStage.in");
  private final Outlet<Fact> out = Outlet.create("FileStage.out");
  private final FlowShape<Piece, Fact> shape = FlowShape.of(in, out);

  /**
   * @param writers makes the writer, on the blocking dispatcher, when the stream begins
   * @param interval how often it is told that time has passed
   */
  FileStage(Supplier<SectionWriter> writers, Duration interval) {
    this.writers = writers;
    this.interval = interval;
  }

  @Override
  public FlowShape<Piece, Fact> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final Deque<Fact> facts = new ArrayDeque<>();
    private Optional<SectionWriter> writer = Optional.empty();
    private boolean finished;

    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              take(grab(in));
            }

            @Override
            public void onPull() {
              emitNext();
            }

            @Override
            public void onUpstreamFinish() {
              finish("complete or stopped", Optional.empty());
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              finish("failed: " + failure.getMessage(), Optional.of(failure));
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
    }

    @Override
    public void preStart() {
      try {
        SectionWriter opened = writers.get();
        writer = Optional.of(opened);
        facts.addAll(opened.first());
        scheduleWithFixedDelay(PASS_TIME, interval, interval);
      } catch (StreamException e) {
        finish("failed: " + e.getMessage(), Optional.of(e));
      }
    }

    @Override
    public void onTimer(Object timer) {
      try {
        writer.ifPresent(SectionWriter::passTime);
      } catch (StreamException e) {
        finish("failed: " + e.getMessage(), Optional.of(e));
      }
    }

    @Override
    public void postStop() {
      end("broken off");
    }

    private void take(Piece piece) {
      if (piece instanceof Piece.Broken(var cause)) {
        finish("failed: " + cause.getMessage(), Optional.of(cause));
        return;
      }
      try {
        writer.ifPresent(open -> facts.addAll(open.accept(piece)));
        emitNext();
      } catch (StreamException e) {
        finish("failed: " + e.getMessage(), Optional.of(e));
      }
    }

    private void emitNext() {
      if (!facts.isEmpty()) {
        push(out, facts.poll());
      } else if (!hasBeenPulled(in)) {
        tryPull(in);
      }
    }

    private void finish(String reason, Optional<Throwable> failure) {
      if (finished) {
        return;
      }
      finished = true;
      Optional<Throwable> cause = failure;
      try {
        end(reason);
      } catch (StreamException e) {
        cause = failure.or(() -> Optional.of(e));
      }
      cause.ifPresent(broken -> facts.add(new Fact.Broken(broken)));
      emitMultiple(out, facts.iterator(), () -> completeStage());
    }

    private void end(String reason) {
      Optional<SectionWriter> ending = writer;
      writer = Optional.empty();
      ending.ifPresent(open -> facts.add(open.end(reason)));
    }
  }
}
