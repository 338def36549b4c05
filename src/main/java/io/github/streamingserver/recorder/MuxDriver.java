package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import io.github.streamingserver.recorder.ffmpeg.MuxPlan;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Runs ffmpeg after ffmpeg for a {@link MuxStage}, in whose thread all happens: gathers what goes
 * into the next one until that can be started, feeds it, and tells what comes out. One that dies,
 * stalls or floods its messages is replaced; one that does so again and again ends the recording.
 */
final class MuxDriver implements MuxRuns.Actions, MuxRun.Listener {
  /** What the stage does for it. */
  interface Port {
    /** Whether the pipe's next piece has been asked for. */
    boolean isAsked(MuxPipe pipe);

    void ask(MuxPipe pipe);

    boolean wantsEvent();

    void give(MuxEvent event);

    void complete();

    /** Starts an ffmpeg; {@link #started} is called then, or {@link #over}. */
    void start(List<MuxInput> inputs);
  }

  private static final int MOST_EVENTS = 4;
  private static final int MOST_BREAKS = 3;

  private enum Phase {
    /** What goes into the next run is being looked at. */
    GATHERING,
    STARTING,
    RUNNING,
    OVER
  }

  private final List<MuxPipe> pipes;
  private final Port port;
  private final StageThread thread;
  private final MuxRuns runs;
  private final Deque<MuxEvent> events = new ArrayDeque<>();
  private Phase phase = Phase.GATHERING;
  private Optional<MuxRun> run = Optional.empty();
  private int breaks;
  private int fed;

  /**
   * @param pipes the picture's, and the sound's where that is separate
   */
  MuxDriver(List<MuxPipe> pipes, Port port, StageThread thread) {
    this.pipes = pipes;
    this.port = port;
    this.thread = thread;
    runs = new MuxRuns(pipes.stream().map(pipe -> pipe.lane).toList(), this);
  }

  private MuxPipe main() {
    return pipes.getFirst();
  }

  private MuxPipe of(MuxLane lane) {
    return lane.isMain() ? main() : pipes.getLast();
  }

  void tick(Duration interval) {
    run.ifPresent(running -> running.tick(interval));
  }

  /** Does all that can be done now. */
  void proceed() {
    try {
      pipes.forEach(this::take);
      start();
    } catch (StreamException e) {
      over(e);
    }
    if (phase == Phase.RUNNING && events.size() < MOST_EVENTS) {
      run.ifPresent(MuxRun::read);
    }
    if (port.wantsEvent() && !events.isEmpty()) {
      port.give(events.remove());
    }
    boolean nothingLeft = phase == Phase.GATHERING && main().isOver() && !main().lane.isFed();
    if ((phase == Phase.OVER || nothingLeft) && events.isEmpty()) {
      port.complete();
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
      port.ask(pipe);
    }
    run.ifPresent(running -> running.close(pipe));
  }

  private boolean wantsMore(MuxPipe pipe) {
    boolean room = phase == Phase.RUNNING || pipe.early.size() < MuxHead.MOST_BYTES;
    return room
        && pipe.held.isEmpty()
        && !pipe.writing
        && events.size() < MOST_EVENTS
        && !port.isAsked(pipe);
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
    runs.begins();
    List<MuxInput> inputs = new ArrayList<>();
    for (MuxPipe pipe : pipes) {
      Optional<MuxInput> input = pipe.lane.head().input();
      if (input.isPresent()
          && (inputs.isEmpty() || MuxPlan.joins(inputs.getFirst(), input.get()))) {
        pipe.input = inputs.size();
        inputs.add(input.get());
      } else if (!pipe.lane.isEnded()) {
        end(pipe.lane);
      }
    }
    port.start(inputs);
  }

  void started(MuxProcess process) {
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
    runs.ended(cause.isPresent());
    pipes.forEach(MuxPipe::newRun);
    if (breaks >= MOST_BREAKS) {
      cause.ifPresent(why -> over(new StreamException(why)));
    }
    proceed();
  }

  /** Nothing more can be muxed. */
  void over(Throwable cause) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      events.add(new MuxEvent.Aside(new Piece.Broken(cause)));
      run.ifPresent(MuxRun::close);
      run = Optional.empty();
      thread.run(this::proceed);
    }
  }
}
