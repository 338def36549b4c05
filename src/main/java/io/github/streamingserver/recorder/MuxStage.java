package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ffmpeg.MuxExit;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
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
  private static final int TICKS_TO_STALL = 3;

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
    this.tick = stallTimeout.dividedBy(TICKS_TO_STALL);
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

  /** A lane's inlet and its pipe into ffmpeg. */
  private static final class Pipe {
    private final Inlet<Piece> inlet;
    private final MuxLane lane;
    private Optional<Piece> held = Optional.empty();
    private ByteString early = ByteString.emptyByteString();
    private int input = -1;
    private boolean writing;
    private boolean closed;
    private boolean failed;
    private boolean finished;

    private Pipe(Inlet<Piece> inlet, MuxLane lane) {
      this.inlet = inlet;
      this.lane = lane;
    }

    /** Whether it needs nothing more to be known before ffmpeg can be started. */
    private boolean isReady() {
      return lane.isEnded() || lane.head().input().isPresent();
    }

    private boolean hasInput() {
      return input >= 0;
    }
  }

  private final class Logic extends TimerGraphStageLogic implements MuxRuns.Actions {
    private final List<Pipe> pipes = new ArrayList<>();
    private final MuxRuns runs;

    /** Does something in the stage's own thread. */
    private final AsyncCallback<Runnable> later = createAsyncCallback(Runnable::run);

    private final Deque<MuxEvent> events = new ArrayDeque<>();
    private Phase phase = Phase.GATHERING;
    private Optional<MuxProcess> process = Optional.empty();
    private Optional<StreamFailure> killed = Optional.empty();
    private boolean reading;
    private int breaks;
    private int fed;
    private long outAtTick;
    private int idleTicks;

    Logic() {
      super(shape);
      pipes.add(new Pipe(picture, new MuxLane(true)));
      if (lanes > 1) {
        pipes.add(new Pipe(sound, new MuxLane(false)));
      }
      runs = new MuxRuns(pipes.stream().map(pipe -> pipe.lane).toList(), this);
      setHandler(picture, handler(pipes.getFirst()));
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

    private AbstractInHandler handler(Pipe pipe) {
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

    @Override
    public void preStart() {
      scheduleWithFixedDelay("stall", tick, tick);
      if (lanes == 1) {
        cancel(sound);
      }
      proceed();
    }

    @Override
    public void postStop() {
      process.ifPresent(MuxProcess::close);
    }

    /** Does all that can be done now. */
    private void proceed() {
      try {
        pipes.forEach(this::take);
        start();
      } catch (StreamException e) {
        over(e);
      }
      readOn();
      if (isAvailable(out) && !events.isEmpty()) {
        push(out, events.remove());
      }
      boolean idle = phase == Phase.GATHERING && nothingLeft();
      if ((phase == Phase.OVER || idle) && events.isEmpty()) {
        completeStage();
      }
    }

    private boolean nothingLeft() {
      Pipe main = pipes.getFirst();
      return main.finished && main.held.isEmpty() && !main.lane.isFed();
    }

    private void take(Pipe pipe) {
      boolean taking = phase == Phase.GATHERING || phase == Phase.RUNNING;
      if (!taking || pipe.writing) {
        return;
      }
      if (pipe.held.isPresent() && runs.accept(pipe.lane, pipe.held.get())) {
        pipe.held = Optional.empty();
      }
      boolean wanted = phase == Phase.RUNNING || pipe.early.size() < MuxHead.MOST_BYTES;
      boolean over = pipe.finished && pipe.held.isEmpty();
      if (over) {
        pipe.lane.finish();
      }
      if (over && !pipe.lane.isEnded()) {
        end(pipe.lane);
      } else if (pipe.held.isEmpty()
          && !pipe.writing
          && wanted
          && events.size() < MOST_EVENTS
          && !hasBeenPulled(pipe.inlet)) {
        tryPull(pipe.inlet);
      }
      close(pipe);
    }

    @Override
    public void feed(MuxLane lane, ByteString bytes) {
      Pipe pipe = of(lane);
      if (phase == Phase.RUNNING && pipe.hasInput()) {
        write(pipe, bytes);
      } else {
        pipe.early = pipe.early.concat(bytes);
      }
    }

    @Override
    public void end(MuxLane lane) {
      lane.end();
      close(of(lane));
      later.invoke(this::proceed);
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

    private Pipe of(MuxLane lane) {
      return lane.isMain() ? pipes.getFirst() : pipes.getLast();
    }

    /** Ends the lane's input of ffmpeg once all that goes in is in. */
    private void close(Pipe pipe) {
      if (pipe.lane.isEnded() && pipe.hasInput() && !pipe.writing && !pipe.closed && !pipe.failed) {
        pipe.closed = true;
        process.ifPresent(running -> ignore(running.end(pipe.input)));
      }
    }

    private void ignore(CompletionStage<Void> ended) {
      var _ = ended.exceptionally(_ -> null);
    }

    private void start() {
      boolean ready = pipes.stream().allMatch(Pipe::isReady);
      if (phase != Phase.GATHERING || !ready || !pipes.getFirst().lane.isFed()) {
        return;
      }
      phase = Phase.STARTING;
      List<MuxInput> inputs = new ArrayList<>();
      for (Pipe pipe : pipes) {
        if (pipe.lane.head().input().isPresent()) {
          pipe.input = inputs.size();
          inputs.add(pipe.lane.head().input().get());
        }
      }
      whenDone(starter.apply(inputs), this::started, this::over);
    }

    private void started(MuxProcess running) {
      process = Optional.of(running);
      phase = Phase.RUNNING;
      fed = 0;
      idleTicks = 0;
      MuxLane main = pipes.getFirst().lane;
      boolean filler = main.first().filter(Piece.Part::filler).isPresent();
      boolean discontinuity = main.first().filter(Piece.Part::discontinuity).isPresent();
      events.add(new MuxEvent.RunBegan(filler, discontinuity));
      whenDone(running.flooded(), _ -> kill("ffmpeg floods its messages"), _ -> {});
      for (Pipe pipe : pipes) {
        if (pipe.hasInput()) {
          write(pipe, pipe.early);
          pipe.early = ByteString.emptyByteString();
        }
      }
      proceed();
    }

    private void write(Pipe pipe, ByteString bytes) {
      pipe.writing = true;
      List<ByteBuffer> buffers = new ArrayList<>();
      bytes.getByteBuffers().forEach(buffers::add);
      MuxProcess running = process.orElseThrow();
      whenDone(
          running.write(pipe.input, buffers),
          _ -> written(pipe, running),
          _ -> {
            pipe.lane.end();
            pipe.failed = true;
            written(pipe, running);
          });
    }

    private void written(Pipe pipe, MuxProcess running) {
      if (process.filter(now -> now == running).isPresent()) {
        pipe.writing = false;
        proceed();
      }
    }

    private void readOn() {
      if (phase == Phase.RUNNING && !reading && events.size() < MOST_EVENTS) {
        reading = true;
        MuxProcess running = process.orElseThrow();
        whenDone(running.read(), this::read, _ -> outputEnded());
      }
    }

    private void read(ByteBuffer bytes) {
      if (!bytes.hasRemaining()) {
        outputEnded();
        return;
      }
      reading = false;
      events.add(new MuxEvent.Output(ByteString.fromByteBuffer(bytes)));
      proceed();
    }

    /** Reading stays on, so that nothing more is read. */
    private void outputEnded() {
      process.ifPresent(running -> whenDone(running.exit(), this::exited, this::over));
    }

    private void exited(MuxExit exit) {
      boolean clean =
          killed.isEmpty()
              && exit.succeeded()
              && pipes.stream().allMatch(pipe -> pipe.closed || !pipe.hasInput())
              && pipes.stream().noneMatch(pipe -> pipe.writing || pipe.failed);
      StreamFailure cause = killed.orElseGet(() -> new StreamFailure.Failed(exit.reason()));
      events.add(clean ? new MuxEvent.RunEnded() : new MuxEvent.RunBroke(cause));
      breaks = clean || fed >= MOST_BREAKS ? 0 : breaks + 1;
      process.ifPresent(MuxProcess::close);
      process = Optional.empty();
      killed = Optional.empty();
      reading = false;
      phase = Phase.GATHERING;
      for (Pipe pipe : pipes) {
        if (!clean) {
          pipe.lane.spoil(cause);
        }
        pipe.lane.newRun();
        pipe.input = -1;
        pipe.writing = false;
        pipe.closed = false;
        pipe.failed = false;
      }
      if (breaks >= MOST_BREAKS) {
        over(new StreamException(cause));
      }
      proceed();
    }

    private void over(Throwable cause) {
      if (phase != Phase.OVER) {
        phase = Phase.OVER;
        events.add(new MuxEvent.Aside(new Piece.Broken(cause)));
        process.ifPresent(MuxProcess::close);
      }
    }

    private void kill(String why) {
      if (phase == Phase.RUNNING && killed.isEmpty()) {
        killed = Optional.of(new StreamFailure.Failed(why));
        process.ifPresent(MuxProcess::close);
      }
    }

    @Override
    public void onTimer(Object key) {
      long given = process.map(MuxProcess::bytesOut).orElse(0L);
      boolean idle =
          phase == Phase.RUNNING
              && reading
              && given == outAtTick
              && pipes.stream().allMatch(pipe -> pipe.writing || pipe.lane.isEnded());
      outAtTick = given;
      idleTicks = idle ? idleTicks + 1 : 0;
      if (idleTicks >= TICKS_TO_STALL) {
        kill("ffmpeg gave no output for " + tick.multipliedBy(TICKS_TO_STALL).toSeconds() + " s");
      }
    }

    /** Comes back into the stage's own thread. */
    private <T> void whenDone(
        CompletionStage<T> stage, Consumer<T> done, Consumer<Throwable> failed) {
      var _ =
          stage.whenComplete(
              (result, error) ->
                  later.invoke(
                      () -> {
                        if (error == null) {
                          done.accept(result);
                        } else {
                          failed.accept(error);
                        }
                      }));
    }
  }
}
