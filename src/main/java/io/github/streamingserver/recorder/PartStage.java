package io.github.streamingserver.recorder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The pieces of one part: of attempt after attempt, until it is whole or given up. Begins and reads
 * only what is asked for, and holds nothing.
 *
 * <p>Pekko's own operators can be put together to the same; materialized anew for each part, they
 * cost an eighth of what a recording does.
 */
final class PartStage extends GraphStage<SourceShape<Piece>> {
  private static final String PAUSE = "pause";

  private final Piece.Part part;
  private final Attempts attempts;
  private final Outlet<Piece> out = Outlet.create("PartStage.out");
  private final SourceShape<Piece> shape = SourceShape.of(out);

  /**
   * @param attempts of this part alone
   */
  PartStage(Piece.Part part, Attempts attempts) {
    this.part = part;
    this.attempts = attempts;
  }

  @Override
  public SourceShape<Piece> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final StageThread thread = new StageThread(createAsyncCallback(Runnable::run));
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private Optional<Answer> answer = Optional.empty();
    private boolean asked;

    Logic() {
      super(shape);
      waiting.add(new Piece.Begin(part));
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              advance();
            }
          });
    }

    /** Something is wanted. */
    private void advance() {
      Piece next = waiting.poll();
      if (next != null) {
        push(out, next);
        if (next instanceof Piece.End || next instanceof Piece.Lost) {
          completeStage();
        }
      } else if (answer.isPresent()) {
        answer.get().readOn();
      } else if (!asked) {
        asked = true;
        if (attempts.pause().isZero()) {
          ask();
        } else {
          scheduleOnce(PAUSE, attempts.pause());
        }
      }
    }

    @Override
    public void onTimer(Object timer) {
      ask();
    }

    private void ask() {
      try {
        thread.whenDone(attempts.attempt(), this::answered, this::failed);
      } catch (RuntimeException e) {
        failed(e);
      }
    }

    private void answered(Attempt attempt) {
      answer = Optional.of(new Answer(attempt));
      waiting.addAll(attempt.first());
      advance();
    }

    private void failed(Throwable error) {
      answer = Optional.empty();
      asked = false;
      try {
        give(attempts.failed(error));
      } catch (RuntimeException e) {
        failStage(e);
      }
    }

    private void give(Piece piece) {
      waiting.add(piece);
      if (isAvailable(out)) {
        advance();
      }
    }

    /** What came of an attempt, read once all before it is passed on. */
    private final class Answer extends AbstractInHandler {
      private final Attempt attempt;
      private final SubSinkInlet<ByteString> body = new SubSinkInlet<>("PartStage.body");
      private boolean begun;

      Answer(Attempt attempt) {
        this.attempt = attempt;
        body.setHandler(this);
      }

      void readOn() {
        if (!begun) {
          begun = true;
          subFusingMaterializer().materialize(attempt.body().to(body.sink()));
        }
        if (!body.isClosed() && !body.hasBeenPulled()) {
          body.pull();
        }
      }

      @Override
      public void onPush() {
        ByteString bytes = body.grab();
        if (bytes.isEmpty()) {
          body.pull();
        } else {
          give(() -> attempt.data().apply(bytes));
        }
      }

      @Override
      public void onUpstreamFinish() {
        give(attempt.last());
      }

      @Override
      public void onUpstreamFailure(Throwable error) {
        failed(error);
      }

      private void give(Supplier<Piece> piece) {
        Piece made;
        try {
          made = piece.get();
        } catch (RuntimeException e) {
          body.cancel();
          failed(e);
          return;
        }
        Logic.this.give(made);
      }
    }
  }
}
