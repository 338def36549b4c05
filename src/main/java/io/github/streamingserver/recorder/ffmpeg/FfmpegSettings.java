package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.config.MuxSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where ffmpeg and ffprobe may be, in the order in which they are looked for.
 *
 * @param programs an owner's choice, never passed over: the folder of both programs, or the program
 *     ffmpeg with ffprobe beside it; empty to search
 * @param path the folders to search
 * @param cache where those that come with the server are unpacked
 */
public record FfmpegSettings(Optional<Path> programs, List<Path> path, Path cache) {
  public FfmpegSettings {
    path = List.copyOf(path);
  }

  /** The PATH of this process, and {@code ${XDG_CACHE_HOME:-~/.cache}/streamingserver}. */
  public static FfmpegSettings ofSystem() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The same with the choice in {@code settings}, where there is one. */
  public static FfmpegSettings of(MuxSettings settings) {
    FfmpegSettings system = ofSystem();
    return settings.ffmpeg().map(system::withPrograms).orElse(system);
  }

  /** The same with an owner's choice, a folder or the program ffmpeg. */
  public FfmpegSettings withPrograms(Path chosen) {
    return new FfmpegSettings(Optional.of(chosen), path, cache);
  }

  static FfmpegSettings of(Map<String, String> environment, Path home) {
    List<Path> path =
        Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .toList();
    // The XDG base directory specification has relative paths ignored.
    Path caches =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElse(home.resolve(".cache"));
    return new FfmpegSettings(Optional.empty(), path, caches.resolve("streamingserver"));
  }
}
