package io.github.streamingserver.recorder.ffmpeg;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.streamingserver.config.MuxSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Starts ffmpeg with its pipes. */
final class MuxStart {
  private static final String OUTPUT = "output";
  private static final String ERRORS = "errors";
  private static final int MAX_INPUTS = 2;

  /**
   * Java gives a process three descriptors; a shell adds the fourth, says so, and becomes ffmpeg.
   */
  private static final List<String> WITH_SECOND_INPUT =
      List.of("/bin/sh", "-c", "exec 3<\"$1\" && shift && printf R && exec \"$@\" 3<&3", "sh");

  private MuxStart() {}

  static MuxProcess start(
      FfmpegPrograms programs, List<MuxInput> inputs, MuxPlan plan, MuxSettings settings)
      throws IOException {
    check(inputs, plan);
    if (!Files.isExecutable(programs.folder().resolve("ffmpeg"))) {
      throw new FfmpegUnavailableException("There is no ffmpeg in [" + programs.folder() + "]");
    }
    Optional<H264Encoder> encoder =
        plan.encodesVideo() ? Optional.of(H264Encoder.of(programs)) : Optional.empty();
    List<String> names =
        new ArrayList<>(IntStream.range(0, inputs.size()).mapToObj(i -> "input" + i).toList());
    names.addAll(List.of(OUTPUT, ERRORS));
    ProcessBuilder ffmpeg = programs.ffmpeg(MuxArguments.of(inputs, plan, settings, encoder));
    // Would have it write a report into the working folder.
    ffmpeg.environment().remove("FFREPORT");
    Messages messages =
        new Messages(settings.floodMessages(), settings.floodWindow(), System::nanoTime);
    List<FileChannel> ends = new ArrayList<>();
    try (Fifos fifos = Fifos.make(names)) {
      for (String name : names) {
        ends.add(fifos.open(name, name.equals(OUTPUT) || name.equals(ERRORS) ? READ : WRITE));
      }
      return start(ffmpeg, fifos, ends, messages);
    } catch (IOException e) {
      for (FileChannel end : ends) {
        end.close();
      }
      throw e;
    }
  }

  private static void check(List<MuxInput> inputs, MuxPlan plan) {
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw new IllegalArgumentException(inputs.size() + " inputs");
    }
    for (int i = 0; i < inputs.size(); i++) {
      int input = i;
      if (plan.outputs().stream().noneMatch(output -> output.input() == input)) {
        throw new IllegalArgumentException("Nothing of input " + input + " is in the plan");
      }
    }
  }

  private static MuxProcess start(
      ProcessBuilder ffmpeg, Fifos fifos, List<FileChannel> ends, Messages messages)
      throws IOException {
    int inputs = ends.size() - 2;
    FileChannel output = ends.get(inputs);
    if (inputs == MAX_INPUTS) {
      List<String> command = new ArrayList<>(WITH_SECOND_INPUT);
      command.add(fifos.path("input1").toString());
      command.addAll(ffmpeg.command());
      ffmpeg.command(command);
    }
    Process process =
        ffmpeg
            .redirectInput(fifos.path("input0").toFile())
            .redirectOutput(fifos.path(OUTPUT).toFile())
            .redirectError(fifos.path(ERRORS).toFile())
            .start();
    MuxProcess mux = new MuxProcess(process, ends.subList(0, inputs), output, messages);
    mux.watch(ends.getLast());
    if (inputs == MAX_INPUTS) {
      try {
        fifos.release(OUTPUT);
        awaitOpened(output);
      } catch (IOException e) {
        mux.close();
        throw e;
      }
    }
    return mux;
  }

  /** Until the shell has opened the second input, or is gone, which the process's exit tells. */
  private static void awaitOpened(FileChannel output) throws IOException {
    int _ = output.read(ByteBuffer.allocate(1));
  }
}
