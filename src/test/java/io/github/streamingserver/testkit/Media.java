package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Small real media, made once for each build: a moving picture of which no two frames are equal, 25
 * a second, and a tone. Safe for several processes at once.
 */
public final class Media {
  /** Seconds that each item lasts. */
  public static final int SECONDS = 10;

  /** Frames of picture in each item. */
  public static final int FRAMES = SECONDS * 25;

  private static final Path ROOT = Path.of("target", "test-media").toAbsolutePath();

  private Media() {}

  /** The folder that holds all that was made: what an origin serves. */
  public static Path root() {
    return ROOT;
  }

  /** One MP4, playable from its beginning. */
  public static Path mp4() {
    return make("mp4", folder -> encode(folder, "320x180", "-movflags", "+faststart", "video.mp4"))
        .resolve("video.mp4");
  }

  /** A finished HLS stream of ten segments of MPEG-TS: {@code index.m3u8, s0.ts …}. */
  public static Path hls() {
    return make("hls", folder -> hls(folder, "320x180"));
  }

  /** A multivariant playlist {@code master.m3u8} over {@code low/} (160x90) and {@code high/}. */
  public static Path variants() {
    return make(
        "variants",
        folder -> {
          hls(folder.resolve("low"), "160x90");
          hls(folder.resolve("high"), "320x180");
          write(
              folder.resolve("master.m3u8"),
              """
              #EXTM3U
              #EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=160x90
              low/index.m3u8
              #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
              high/index.m3u8
              """);
        });
  }

  /** The segments of an HLS stream of ten, one after another: what a recording must hold. */
  public static Path joined(Path hls) {
    Path joined = hls.resolve("joined.ts");
    if (!Files.exists(joined)) {
      try {
        Path fresh = Files.createTempFile(hls, "joined", ".tmp");
        try (var out = Files.newOutputStream(fresh)) {
          for (int i = 0; i < SECONDS; i++) {
            Files.copy(hls.resolve("s" + i + ".ts"), out);
          }
        }
        Files.move(fresh, joined, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return joined;
  }

  private static void hls(Path folder, String size) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    encode(
        folder,
        size,
        "-f",
        "hls",
        "-hls_time",
        "1",
        "-hls_list_size",
        "0",
        "-hls_playlist_type",
        "vod",
        "-hls_segment_filename",
        "s%d.ts",
        "index.m3u8");
  }

  private static void encode(Path folder, String size, String... output) {
    boolean x264 = Ffmpeg.hasEncoder("libx264");
    String[] input = {
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=" + size + ":rate=25:duration=" + SECONDS,
      "-f",
      "lavfi",
      "-i",
      "sine=frequency=440:sample_rate=48000:duration=" + SECONDS,
      "-c:v",
      x264 ? "libx264" : "libopenh264",
      "-g",
      "25",
      "-b:v",
      "300k",
      "-pix_fmt",
      "yuv420p",
      "-c:a",
      "aac",
      "-b:a",
      "64k"
    };
    Ffmpeg.ffmpeg(
        folder, Stream.concat(Stream.of(input), Stream.of(output)).toArray(String[]::new));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Into a folder of its own first, so that nobody sees half of it. */
  private static synchronized Path make(String name, Consumer<Path> maker) {
    Path folder = ROOT.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(ROOT);
      Path fresh = Files.createTempDirectory(ROOT, "fresh-");
      maker.accept(fresh);
      try {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException _) {
        // Another process was faster; its media are as good.
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
