package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs ffmpeg and ffprobe: an owner's choice, else those on the PATH, else those that come
 * with the server as a library, unpacked once into a cache folder. Finding them blocks on the file
 * system and on a process, for a second where they are unpacked: for the blocking dispatcher. An
 * instance may be kept and shared.
 *
 * @param folder where both programs are
 * @param libraries where their own libraries are; empty for the system's
 */
public record FfmpegPrograms(Path folder, Optional<Path> libraries) {
  private static final String FFMPEG = "ffmpeg";
  private static final String FFPROBE = "ffprobe";
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
  private static final String LOADER_NOTE = ": no version information available (required by ";

  /**
   * The programs on this machine.
   *
   * @throws FfmpegUnavailableException where there are none and those that come along don't run
   * @throws IOException where those that come along can't be unpacked
   */
  public static FfmpegPrograms find() throws IOException {
    return find(FfmpegSettings.ofSystem());
  }

  /**
   * The programs where {@code settings} say.
   *
   * @throws FfmpegUnavailableException where the owner's choice has none, or where there are none
   *     and those that come along don't run
   * @throws IOException where those that come along can't be unpacked
   */
  public static FfmpegPrograms find(FfmpegSettings settings) throws IOException {
    if (settings.programs().isPresent()) {
      return chosen(settings.programs().get());
    }
    Optional<Path> onPath = settings.path().stream().filter(FfmpegPrograms::hasBoth).findFirst();
    return onPath.isPresent()
        ? new FfmpegPrograms(onPath.get(), Optional.empty())
        : BundledFfmpeg.in(settings.cache());
  }

  private static FfmpegPrograms chosen(Path choice) throws FfmpegUnavailableException {
    Path absolute = choice.toAbsolutePath();
    Path folder =
        Files.isDirectory(absolute)
            ? absolute
            : Optional.ofNullable(absolute.getParent()).orElse(absolute);
    if (!hasBoth(folder)) {
      throw new FfmpegUnavailableException(
          "There are no programs ffmpeg and ffprobe at [" + choice + "]");
    }
    return new FfmpegPrograms(folder, Optional.empty());
  }

  private static boolean hasBoth(Path folder) {
    return isProgram(folder.resolve(FFMPEG)) && isProgram(folder.resolve(FFPROBE));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** A process of ffmpeg that is ready to start. */
  public ProcessBuilder ffmpeg(List<String> arguments) {
    return process(FFMPEG, arguments);
  }

  /** A process of ffprobe that is ready to start. */
  public ProcessBuilder ffprobe(List<String> arguments) {
    return process(FFPROBE, arguments);
  }

  /**
   * Whether a line on the programs' standard error is the system's loader that notes a stand-in for
   * a device's library, and thus nothing that ffmpeg says.
   */
  public static boolean isLoaderNote(String line) {
    return line.contains(LOADER_NOTE);
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
