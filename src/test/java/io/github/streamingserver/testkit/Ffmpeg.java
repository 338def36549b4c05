package io.github.streamingserver.testkit;

import io.github.streamingserver.recorder.ffmpeg.FfmpegPrograms;
import io.github.streamingserver.recorder.ffmpeg.FfmpegSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs ffmpeg and ffprobe for tests; what they print is returned, a failure throws. They are those
 * that come along, whatever is on the PATH: media and what is seen in recordings are the same on
 * each machine. The server under test finds its ffmpeg as it does elsewhere.
 */
public final class Ffmpeg {
  private static final FfmpegPrograms PROGRAMS = find();

  private Ffmpeg() {}

  private static FfmpegPrograms find() {
    try {
      return FfmpegPrograms.find(
          new FfmpegSettings(Optional.empty(), List.of(), FfmpegSettings.ofSystem().cache()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs ffmpeg in {@code folder} and returns its standard output. */
  public static String ffmpeg(Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
    all.addAll(List.of(arguments));
    return run(PROGRAMS.ffmpeg(all).directory(folder.toFile())).output();
  }

  /** Runs ffprobe and returns its standard output. */
  public static String ffprobe(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-v", "error"));
    all.addAll(List.of(arguments));
    return run(PROGRAMS.ffprobe(all)).output();
  }

  /** What ffmpeg complains of when it decodes {@code file}; empty where it doesn't. */
  public static String decodeErrors(Path file) {
    return run(PROGRAMS.ffmpeg(
            List.of("-nostdin", "-v", "error", "-i", file.toString(), "-f", "null", "-")))
        .errors();
  }

  /** Whether this ffmpeg can encode so. */
  public static boolean hasEncoder(String name) {
    return run(PROGRAMS.ffmpeg(List.of("-hide_banner", "-encoders")))
        .output()
        .contains(" " + name + " ");
  }

  private record Result(String output, String errors) {}

  private static Result run(ProcessBuilder builder) {
    try {
      Path errors = java.nio.file.Files.createTempFile("ffmpeg", ".log");
      Process process = builder.redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      String complaints =
          String.join(
              "\n",
              java.nio.file.Files.readAllLines(errors).stream()
                  .filter(line -> !FfmpegPrograms.isLoaderNote(line))
                  .toList());
      java.nio.file.Files.delete(errors);
      if (code != 0) {
        throw new IllegalStateException(
            builder.command() + " ended with " + code + ": " + complaints);
      }
      return new Result(output, complaints);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
