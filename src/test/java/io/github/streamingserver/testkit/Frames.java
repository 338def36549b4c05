package io.github.streamingserver.testkit;

import java.nio.file.Path;
import java.util.List;

/** Decoded frames of a file, as hashes: what proves that a recording holds what its source does. */
public final class Frames {
  private Frames() {}

  /** A hash for each frame of the picture, in order. */
  public static List<String> video(Path file) {
    return hashes(file, "v:0");
  }

  /** A hash for each frame of the sound, in order. */
  public static List<String> audio(Path file) {
    return hashes(file, "a:0");
  }

  /** Seconds, as the container says. */
  public static double duration(Path file) {
    return Double.parseDouble(
        Ffmpeg.ffprobe("-show_entries", "format=duration", "-of", "csv=p=0", file.toString())
            .strip());
  }

  private static List<String> hashes(Path file, String stream) {
    String printed =
        Ffmpeg.ffmpeg(
            Media.root(), "-i", file.toString(), "-map", "0:" + stream, "-f", "framemd5", "-");
    return printed
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }
}
