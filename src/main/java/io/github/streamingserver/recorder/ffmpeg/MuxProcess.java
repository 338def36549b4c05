package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.config.MuxSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One run of ffmpeg, which turns one or two inputs into MPEG-TS as they come. Everything goes
 * through pipes; ffmpeg is given no path, no URL and no protocol but pipes.
 *
 * <p>Inputs are to be fed independently: ffmpeg takes no more of one that is ahead of the other. An
 * input that won't come any more has to be ended, or the other waits for it.
 *
 * <p>A stall is the caller's to see, by {@link #bytesOut} that stands still while {@link #bytesIn}
 * grows or a write doesn't complete: behind broken MP4, ffmpeg takes all that follows for the rest
 * of a box, and says nothing.
 *
 * <p>Blocking is done on daemon threads of its own, at most one an input and two more, named {@code
 * ffmpeg-<pid> …}; stages complete on them. They end with the process once its output is read to
 * the end, or at {@link #close}. Safe for any thread.
 */
public final class MuxProcess implements AutoCloseable {
  private final Process process;
  private final List<InputPipe> inputs;
  private final OutputPipe output;
  private final Messages messages;
  private final CompletableFuture<MuxExit> exit = new CompletableFuture<>();

  MuxProcess(Process process, List<FileChannel> inputs, FileChannel output, Messages messages) {
    String name = "ffmpeg-" + process.pid();
    List<InputPipe> pipes = new ArrayList<>();
    for (FileChannel input : inputs) {
      pipes.add(new InputPipe(input, new PipeThread("input " + pipes.size(), name, input)));
    }
    this.process = process;
    this.inputs = List.copyOf(pipes);
    this.output = new OutputPipe(output, new PipeThread("output", name, output));
    this.messages = messages;
  }

  /**
   * Starts ffmpeg; blocks for as long as that takes, milliseconds, and where it has to encode a
   * picture for the first time until it has told its encoders.
   *
   * @throws FfmpegUnavailableException where there is no ffmpeg, or none that can do this
   * @throws IOException where the system refuses a process or a pipe
   */
  public static MuxProcess start(
      FfmpegPrograms programs, List<MuxInput> inputs, MuxPlan plan, MuxSettings settings)
      throws IOException {
    return MuxStart.start(programs, inputs, plan, settings);
  }

  /** Reads what ffmpeg says until it ends. */
  void watch(ReadableByteChannel errors) {
    Thread.ofPlatform()
        .daemon()
        .name("ffmpeg-" + process.pid() + " messages")
        .start(() -> untilExit(errors));
  }

  private void untilExit(ReadableByteChannel errors) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    try (errors) {
      while (errors.read(buffer.clear()) >= 0) {
        messages.add(buffer.flip());
      }
    } catch (IOException _) {
      // What can't be read is not told; the end of the process is.
    }
    int code = exitCode();
    inputs.forEach(InputPipe::close);
    exit.complete(new MuxExit(code, messages.last(), messages.flooded()));
  }

  private int exitCode() {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException _) {
        // Nothing but the process ends its thread.
      }
    }
  }

  /**
   * Gives bytes to an input. Completes when the pipe took them all, which is when ffmpeg has read
   * all but the last 64 KiB; fails with a {@link MuxEndedException} where ffmpeg is gone or the
   * input was ended. The bytes may not change until then.
   *
   * @throws IllegalStateException where the write before isn't complete
   */
  public CompletionStage<Void> write(int input, List<ByteBuffer> bytes) {
    return inputs.get(input).write(bytes);
  }

  /**
   * Ends an input; again has no effect.
   *
   * @throws IllegalStateException where a write isn't complete
   */
  public CompletionStage<Void> end(int input) {
    return inputs.get(input).end();
  }

  /**
   * The next bytes of the output, at most 64 KiB; empty at its end, whatever the reason, which
   * {@link #exit} tells. Fails with a {@link MuxEndedException} after {@link #close}.
   *
   * @throws IllegalStateException where the read before isn't complete
   */
  public CompletionStage<ByteBuffer> read() {
    return output.read();
  }

  /** How it ended; never fails. */
  public CompletionStage<MuxExit> exit() {
    return exit.minimalCompletionStage();
  }

  /** Completes when more messages come than {@link MuxSettings} call usual; may never. */
  public CompletionStage<Void> flooded() {
    return messages.flood();
  }

  /** The last messages so far, each cut. */
  public List<String> said() {
    return messages.last();
  }

  /** Bytes that an input's pipe took so far, those of an incomplete write too. */
  public long bytesIn(int input) {
    return inputs.get(input).taken();
  }

  /** Bytes of output that were read so far. */
  public long bytesOut() {
    return output.given();
  }

  public long pid() {
    return process.pid();
  }

  /** Kills ffmpeg where it still runs, and frees what it needed; again has no effect. */
  @Override
  public void close() {
    // An owner's ffmpeg may be a script that runs the real one.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    inputs.forEach(InputPipe::close);
    output.close();
  }
}
