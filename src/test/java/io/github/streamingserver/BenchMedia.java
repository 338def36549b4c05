package io.github.streamingserver;

import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.NetworkLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is recorded in the bench: what ffmpeg copies costs it by the frame, us by the byte. */
enum BenchMedia {
  /** As channels are. */
  TYPICAL("10 minutes of 720p25 H.264 and AAC, 3.5 Mbit/s, in 100 segments of 2.6 MB", 3) {
    @Override
    void make(Path folder) {
      makeTypical(folder, 10);
    }
  },

  /** As channels come. */
  NETWORK("the same over a network of 100 Mbit/s, a packet at a time", 1) {
    @Override
    Path folder() {
      return TYPICAL.folder();
    }

    @Override
    void make(Path folder) {
      TYPICAL.make(folder);
    }

    @Override
    Optional<NetworkLink> link() {
      return Optional.of(new NetworkLink(100_000_000));
    }
  },

  /** As long as what people record, by a server that has just begun. */
  FILM("90 minutes of 720p25 H.264 and AAC, 3.5 Mbit/s, in 900 segments of 2.6 MB", 0) {
    @Override
    void make(Path folder) {
      makeTypical(folder, 90);
    }
  },

  /** As hardly anything is: so large that no segment could be held in memory. */
  DENSE("40 seconds of 720p25 MPEG-2 and MP2, 100 Mbit/s, in 8 segments of 64 MB", 3) {
    @Override
    void make(Path folder) {
      run(
          folder,
          "-f|lavfi|-i|testsrc2=size=1280x720:rate=25:duration=40,noise=alls=90:allf=t"
              + "|-f|lavfi|-i|sine=duration=40|-c:v|mpeg2video|-b:v|100M|-maxrate|100M"
              + "|-bufsize|50M|-g|25|-c:a|mp2|-f|hls|-hls_time|5|-hls_list_size|0"
              + "|-hls_playlist_type|vod|-hls_segment_filename|s%d.ts|index.m3u8");
    }
  };

  private static final Path ALL = Path.of("target", "bench-media").toAbsolutePath();

  private final String description;
  private final int groups;

  BenchMedia(String description, int groups) {
    this.description = description;
    this.groups = groups;
  }

  String description() {
    return name() + ": " + description;
  }

  /** How many groups of recordings follow the first. */
  int groups() {
    return groups;
  }

  /** The folder with its playlist {@code index.m3u8}; made once, which takes a minute. */
  Path make() throws IOException {
    Path folder = folder();
    if (!Files.exists(folder.resolve("index.m3u8"))) {
      Files.createDirectories(folder);
      make(folder);
    }
    return folder;
  }

  abstract void make(Path folder);

  Path folder() {
    return ALL.resolve(name());
  }

  /** What its segments come by, where that is slower than this machine. */
  Optional<NetworkLink> link() {
    return Optional.empty();
  }

  private static void makeTypical(Path folder, int minutes) {
    String encoder = Ffmpeg.hasEncoder("libx264") ? "libx264" : "libopenh264";
    run(
        folder,
        "-f|lavfi|-i|testsrc2=size=1280x720:rate=25:duration=60,noise=alls=20:allf=t"
            + "|-f|lavfi|-i|sine=duration=60:sample_rate=48000|-c:v|"
            + encoder
            + "|-b:v|2800k|-maxrate|3M|-bufsize|3M|-g|50|-pix_fmt|yuv420p"
            + "|-c:a|aac|-b:a|128k|-ac|2|minute.ts");
    run(
        folder,
        "-stream_loop|"
            + (minutes - 1)
            + "|-i|minute.ts|-c|copy|-f|hls|-hls_time|6|-hls_list_size|0"
            + "|-hls_playlist_type|vod|-hls_segment_filename|s%d.ts|index.m3u8");
  }

  private static void run(Path folder, String arguments) {
    Ffmpeg.ffmpeg(folder, arguments.split("\\|", -1));
  }
}
