package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The programs ffmpeg and ffprobe: those on the PATH, else those that come with the server as a
 * library, unpacked once into a cache folder. Blocks on the file system and on a process: for the
 * blocking dispatcher.
 *
 * @param folder where both programs are
 * @param libraries where their own libraries are; empty for the system's
 */
public record FfmpegPrograms(Path folder, Optional<Path> libraries) {
  private static final String FFMPEG = "ffmpeg";
  private static final String FFPROBE = "ffprobe";
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";

  /**
   * The programs on this machine.
   *
   * @throws IOException where there are none and those that come along don't run here; its message
   *     says what to install
   */
  public static FfmpegPrograms find() throws IOException {
    Optional<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .filter(folder -> Files.isExecutable(folder.resolve(FFMPEG)))
            .filter(folder -> Files.isExecutable(folder.resolve(FFPROBE)))
            .findFirst();
    return onPath.isPresent()
        ? new FfmpegPrograms(onPath.get(), Optional.empty())
        : BundledFfmpeg.unpack();
  }

  /** A process of ffmpeg that is ready to start. */
  public ProcessBuilder ffmpeg(List<String> arguments) {
    return process(FFMPEG, arguments);
  }

  /** A process of ffprobe that is ready to start. */
  public ProcessBuilder ffprobe(List<String> arguments) {
    return process(FFPROBE, arguments);
  }

  private ProcessBuilder process(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    libraries.ifPresent(path -> builder.environment().put(LIBRARY_PATH, path.toString()));
    return builder;
  }
}
