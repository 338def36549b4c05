package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ffmpeg.MuxExit;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** One ffmpeg of a {@link MuxStage}, in whose thread all happens. */
final class MuxRun {
  /** What the stage is told. */
  interface Listener {
    /** A pipe can take more, or never will. */
    void written();

    void output(ByteString bytes);

    /** Nothing more is told; {@code cause} is why it broke, if it did. */
    void ended(Optional<StreamFailure> cause);
  }

  /** Looks until a stall is believed. */
  static final int TICKS_TO_STALL = 3;

  private final MuxProcess process;
  private final List<MuxPipe> pipes;
  private final StageThread thread;
  private final Listener listener;
  private Optional<StreamFailure> killed = Optional.empty();
  private boolean reading;
  private boolean over;
  private long outAtTick;
  private int idleTicks;

  MuxRun(MuxProcess process, List<MuxPipe> pipes, StageThread thread, Listener listener) {
    this.process = process;
    this.pipes = pipes;
    this.thread = thread;
    this.listener = listener;
    thread.whenDone(process.flooded(), _ -> kill("ffmpeg floods its messages"), _ -> {});
  }

  /** Gives bytes to a pipe that is not being written to. */
  void write(MuxPipe pipe, ByteString bytes) {
    pipe.writing = true;
    List<ByteBuffer> buffers = new ArrayList<>();
    bytes.getByteBuffers().forEach(buffers::add);
    thread.whenDone(process.write(pipe.input, buffers), _ -> written(pipe), _ -> refused(pipe));
  }

  private void written(MuxPipe pipe) {
    if (!over) {
      pipe.writing = false;
      listener.written();
    }
  }

  private void refused(MuxPipe pipe) {
    if (!over) {
      pipe.lane.end();
      pipe.failed = true;
      written(pipe);
    }
  }

  /** Ends ffmpeg's input of a lane that has ended, once all that goes in is in. */
  void close(MuxPipe pipe) {
    if (pipe.lane.isEnded() && pipe.hasInput() && !pipe.writing && !pipe.closed && !pipe.failed) {
      pipe.closed = true;
      CompletionStage<Void> ended = process.end(pipe.input);
      var _ = ended.exceptionally(_ -> null);
    }
  }

  /** Asks for output, unless that is being waited for already. */
  void read() {
    if (!reading) {
      reading = true;
      thread.whenDone(process.read(), this::read, _ -> outputEnded());
    }
  }

  private void read(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      outputEnded();
    } else if (!over) {
      reading = false;
      listener.output(ByteString.fromByteBuffer(bytes));
    }
  }

  /** Reading stays on, so that nothing more is read. */
  private void outputEnded() {
    thread.whenDone(process.exit(), this::exited, _ -> {});
  }

  private void exited(MuxExit exit) {
    if (over) {
      return;
    }
    over = true;
    process.close();
    boolean clean = exit.succeeded() && pipes.stream().allMatch(MuxPipe::isWhole);
    Optional<StreamFailure> broke =
        clean ? Optional.empty() : Optional.of(new StreamFailure.Failed(exit.reason()));
    listener.ended(killed.or(() -> broke));
  }

  /** Looks whether there is output while ffmpeg has all that it takes. */
  void tick(Duration interval) {
    long given = process.bytesOut();
    boolean idle = reading && given == outAtTick && pipes.stream().allMatch(MuxPipe::isFull);
    outAtTick = given;
    idleTicks = idle ? idleTicks + 1 : 0;
    if (idleTicks >= TICKS_TO_STALL) {
      kill("ffmpeg gave no output for " + interval.multipliedBy(TICKS_TO_STALL).toSeconds() + " s");
    }
  }

  private void kill(String why) {
    if (!over && killed.isEmpty()) {
      killed = Optional.of(new StreamFailure.Failed(why));
      process.close();
    }
  }

  /** Kills it; nothing more is told. */
  void close() {
    over = true;
    process.close();
  }
}
