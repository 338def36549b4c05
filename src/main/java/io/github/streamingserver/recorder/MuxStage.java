package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.apache.pekko.util.ByteString;

/**
 * Feeds ffmpeg with the pieces of a picture's lane and, where that is separate, a sound's, and
 * passes on what it makes of them, run after run as {@link MuxRuns} says. An ffmpeg that dies,
 * stalls or floods its messages is replaced; one that does so again and again ends the recording.
 */
final class MuxStage extends GraphStage<FanInShape2<Piece, Piece, MuxEvent>> {
  private static final int MOST_EVENTS = 4;
  private static final int MOST_BREAKS = 3;

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

  private enum Phase {
    /** What goes into the next run is being looked at. */
    GATHERING,
    STARTING,
    RUNNING,
    OVER
  }

  private final class Logic extends TimerGraphStageLogic
      implements MuxRuns.Actions, MuxRun.Listener {
    private final List<MuxPipe> pipes = new ArrayList<>();
    private final MuxRuns runs;
    private final StageThread thread = new StageThread(createAsyncCallback(Runnable::run));
    private final Deque<MuxEvent> events = new ArrayDeque<>();

    /** Closed with the stage, also where it comes up only after that. */
    private volatile Optional<MuxProcess> latest = Optional.empty();

    private volatile boolean stopped;
    private Phase phase = Phase.GATHERING;
    private Optional<MuxRun> run = Optional.empty();
    private int breaks;
    private int fed;

    Logic() {
      super(shape);
      pipes.add(new MuxPipe(picture, new MuxLane(true)));
      if (lanes > 1) {
        pipes.add(new MuxPipe(sound, new MuxLane(false)));
      }
      runs = new MuxRuns(pipes.stream().map(pipe -> pipe.lane).toList(), this);
      setHandler(picture, handler(main()));
      setHandler(sound, lanes > 1 ? handler(pipes.getLast()) : unused());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              proceed();
            }
          });
    }

    private AbstractInHandler handler(MuxPipe pipe) {
      return new AbstractInHandler() {
        @Override
        public void onPush() {
          pipe.held = Optional.of(grab(pipe.inlet));
          proceed();
        }

        @Override
        public void onUpstreamFinish() {
          pipe.finished = true;
          proceed();
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

    private MuxPipe main() {
      return pipes.getFirst();
    }

    private MuxPipe of(MuxLane lane) {
      return lane.isMain() ? main() : pipes.getLast();
    }

    @Override
    public void preStart() {
      scheduleWithFixedDelay("stall", tick, tick);
      if (lanes == 1) {
        cancel(sound);
      }
      proceed();
    }

    @Override
    public void onTimer(Object key) {
      run.ifPresent(running -> running.tick(tick));
    }

    @Override
    public void postStop() {
      stopped = true;
      latest.ifPresent(MuxProcess::close);
    }

    /** Does all that can be done now. */
    private void proceed() {
      try {
        pipes.forEach(this::take);
        start();
      } catch (StreamException e) {
        over(e);
      }
      if (phase == Phase.RUNNING && events.size() < MOST_EVENTS) {
        run.ifPresent(MuxRun::read);
      }
      if (isAvailable(out) && !events.isEmpty()) {
        push(out, events.remove());
      }
      boolean nothingLeft = phase == Phase.GATHERING && main().isOver() && !main().lane.isFed();
      if ((phase == Phase.OVER || nothingLeft) && events.isEmpty()) {
        completeStage();
      }
    }

    private void take(MuxPipe pipe) {
      boolean taking = phase == Phase.GATHERING || phase == Phase.RUNNING;
      if (!taking || pipe.writing) {
        return;
      }
      if (pipe.held.isPresent() && runs.accept(pipe.lane, pipe.held.get())) {
        pipe.held = Optional.empty();
      }
      if (pipe.isOver()) {
        pipe.lane.finish();
        if (!pipe.lane.isEnded()) {
          end(pipe.lane);
        }
      } else if (wantsMore(pipe)) {
        tryPull(pipe.inlet);
      }
      run.ifPresent(running -> running.close(pipe));
    }

    private boolean wantsMore(MuxPipe pipe) {
      boolean room = phase == Phase.RUNNING || pipe.early.size() < MuxHead.MOST_BYTES;
      return room
          && pipe.held.isEmpty()
          && !pipe.writing
          && events.size() < MOST_EVENTS
          && !hasBeenPulled(pipe.inlet);
    }

    @Override
    public void feed(MuxLane lane, ByteString bytes) {
      MuxPipe pipe = of(lane);
      if (run.isPresent() && pipe.hasInput()) {
        run.get().write(pipe, bytes);
      } else {
        pipe.early = pipe.early.concat(bytes);
      }
    }

    @Override
    public void end(MuxLane lane) {
      lane.end();
      if (!lane.isMain()) {
        tell(new MuxEvent.SoundEnded());
      }
      run.ifPresent(running -> running.close(of(lane)));
      thread.run(this::proceed);
    }

    @Override
    public void tell(MuxEvent event) {
      events.add(event);
      if (event instanceof MuxEvent.Fed) {
        fed++;
      } else if (event instanceof MuxEvent.Aside(Piece.Broken _)) {
        phase = Phase.OVER;
      }
    }

    private void start() {
      boolean ready = pipes.stream().allMatch(MuxPipe::isReady);
      if (phase != Phase.GATHERING || !ready || !main().lane.isFed()) {
        return;
      }
      phase = Phase.STARTING;
      List<MuxInput> inputs = new ArrayList<>();
      for (MuxPipe pipe : pipes) {
        if (pipe.lane.head().input().isPresent()) {
          pipe.input = inputs.size();
          inputs.add(pipe.lane.head().input().get());
        }
      }
      thread.whenDone(starter.apply(inputs).thenApply(this::keep), this::started, this::over);
    }

    /** In another thread. */
    private MuxProcess keep(MuxProcess process) {
      latest = Optional.of(process);
      if (stopped) {
        process.close();
      }
      return process;
    }

    private void started(MuxProcess process) {
      MuxRun running = new MuxRun(process, pipes, thread, this);
      run = Optional.of(running);
      phase = Phase.RUNNING;
      fed = 0;
      Optional<Piece.Part> first = main().lane.first();
      events.add(
          new MuxEvent.RunBegan(
              first.filter(Piece.Part::filler).isPresent(),
              first.filter(Piece.Part::discontinuity).isPresent()));
      for (MuxPipe pipe : pipes) {
        if (pipe.hasInput()) {
          running.write(pipe, pipe.early);
          pipe.early = ByteString.emptyByteString();
        }
      }
      proceed();
    }

    @Override
    public void written() {
      proceed();
    }

    @Override
    public void output(ByteString bytes) {
      events.add(new MuxEvent.Output(bytes));
      proceed();
    }

    @Override
    public void ended(Optional<StreamFailure> cause) {
      events.add(cause.<MuxEvent>map(MuxEvent.RunBroke::new).orElseGet(MuxEvent.RunEnded::new));
      breaks = cause.isEmpty() || fed >= MOST_BREAKS ? 0 : breaks + 1;
      run = Optional.empty();
      phase = Phase.GATHERING;
      cause.ifPresent(why -> pipes.forEach(pipe -> pipe.lane.spoil(why)));
      pipes.forEach(MuxPipe::newRun);
      if (breaks >= MOST_BREAKS) {
        cause.ifPresent(why -> over(new StreamException(why)));
      }
      proceed();
    }

    private void over(Throwable cause) {
      if (phase != Phase.OVER) {
        phase = Phase.OVER;
        events.add(new MuxEvent.Aside(new Piece.Broken(cause)));
        run.ifPresent(MuxRun::close);
        run = Optional.empty();
        thread.run(this::proceed);
      }
    }
  }
}
