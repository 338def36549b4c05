package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Feeds ffmpeg with the pieces of a picture's lane and, where that is separate, a sound's, and
 * passes on what it makes of them, as {@link MuxDriver} says.
 */
final class MuxStage extends GraphStage<FanInShape2<Piece, Piece, MuxEvent>> {
  private final int lanes;
  private final Function<List<MuxInput>, CompletionStage<MuxProcess>> starter;
  private final Duration tick;
  private final Inlet<Piece> picture = Inlet.create("MuxStage.picture");
  private final Inlet<Piece> sound = Inlet.create("MuxStage.sound");
  private final Outlet<MuxEvent> out = Outlet.create("MuxStage.out");
  private final FanInShape2<Piece, Piece, MuxEvent> shape = new FanInShape2<>(picture, sound, out);

  /**
   * @param lanes 1, where the second inlet is not used, or 2
   * @param starter starts an ffmpeg for inputs of these kinds; may block for a moment elsewhere
   * @param stallTimeout how long ffmpeg may give no output while it is given all that it takes
   */
  MuxStage(
      int lanes,
      Function<List<MuxInput>, CompletionStage<MuxProcess>> starter,
      Duration stallTimeout) {
    this.lanes = lanes;
    this.starter = starter;
    this.tick = stallTimeout.dividedBy(MuxRun.TICKS_TO_STALL);
  }

  @Override
  public FanInShape2<Piece, Piece, MuxEvent> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic implements MuxDriver.Port {
    private final StageThread thread = new StageThread(createAsyncCallback(Runnable::run));
    private final MuxDriver driver;

    /** Closed with the stage, also where it comes up only after that. */
    private volatile Optional<MuxProcess> latest = Optional.empty();

    private volatile boolean stopped;

    Logic() {
      super(shape);
      List<MuxPipe> pipes = new ArrayList<>();
      pipes.add(new MuxPipe(picture, new MuxLane(true)));
      if (lanes > 1) {
        pipes.add(new MuxPipe(sound, new MuxLane(false)));
      }
      driver = new MuxDriver(pipes, this, thread);
      setHandler(picture, handler(pipes.getFirst()));
      setHandler(sound, lanes > 1 ? handler(pipes.getLast()) : unused());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              driver.proceed();
            }
          });
    }

    private AbstractInHandler handler(MuxPipe pipe) {
      return new AbstractInHandler() {
        @Override
        public void onPush() {
          pipe.held = Optional.of(grab(pipe.inlet));
          driver.proceed();
        }

        @Override
        public void onUpstreamFinish() {
          pipe.finished = true;
          driver.proceed();
        }
      };
    }

    private AbstractInHandler unused() {
      return new AbstractInHandler() {
        @Override
        public void onPush() {}

        @Override
        public void onUpstreamFinish() {}
      };
    }

    @Override
    public void preStart() {
      scheduleWithFixedDelay("stall", tick, tick);
      if (lanes == 1) {
        cancel(sound);
      }
      driver.proceed();
    }

    @Override
    public void onTimer(Object key) {
      driver.tick(tick);
    }

    @Override
    public void postStop() {
      stopped = true;
      latest.ifPresent(MuxProcess::close);
    }

    @Override
    public boolean isAsked(MuxPipe pipe) {
      return hasBeenPulled(pipe.inlet);
    }

    @Override
    public void ask(MuxPipe pipe) {
      tryPull(pipe.inlet);
    }

    @Override
    public boolean wantsEvent() {
      return isAvailable(out);
    }

    @Override
    public void give(MuxEvent event) {
      push(out, event);
    }

    @Override
    public void complete() {
      completeStage();
    }

    @Override
    public void start(List<MuxInput> inputs) {
      thread.whenDone(starter.apply(inputs).thenApply(this::keep), driver::started, driver::over);
    }

    /** In another thread. */
    private MuxProcess keep(MuxProcess process) {
      latest = Optional.of(process);
      if (stopped) {
        process.close();
      }
      return process;
    }
  }
}
