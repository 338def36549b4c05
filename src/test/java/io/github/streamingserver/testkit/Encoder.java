package io.github.streamingserver.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes moving pictures and tones with ffmpeg: H.264 with a key frame each second, and AAC. */
final class Encoder {
  private static final boolean X264 = Ffmpeg.hasEncoder("libx264");

  private static final List<String> SEGMENTED =
      List.of("-f", "hls", "-hls_time", "1", "-hls_list_size", "0", "-hls_playlist_type", "vod");

  private Encoder() {}

  /** Encodes a picture of {@code size}; {@code output} are ffmpeg's options and the file. */
  static void encode(Path folder, String size, List<String> output) {
    encode(folder, size, Media.SECONDS, output);
  }

  /** The same, of another length. */
  static void encode(Path folder, String size, int seconds, List<String> output) {
    List<String> all = new ArrayList<>();
    all.addAll(lavfi("testsrc2=size=" + size + ":rate=25:duration=" + seconds));
    all.addAll(lavfi("sine=frequency=440:sample_rate=48000:duration=" + seconds));
    all.addAll(
        X264
            ? List.of("-c:v", "libx264", "-keyint_min", "25", "-sc_threshold", "0")
            : List.of("-c:v", "libopenh264"));
    all.addAll(List.of("-g", "25", "-b:v", "300k", "-pix_fmt", "yuv420p"));
    all.addAll(List.of("-c:a", "aac", "-b:a", "64k"));
    all.addAll(output);
    Ffmpeg.ffmpeg(folder, all.toArray(String[]::new));
  }

  /** Wraps what {@code source} holds anew; {@code output} are ffmpeg's options and the file. */
  static void copy(Path folder, Path source, List<String> output) {
    List<String> all = new ArrayList<>(List.of("-i", source.toString(), "-c", "copy"));
    all.addAll(output);
    Ffmpeg.ffmpeg(folder, all.toArray(String[]::new));
  }

  /** Options for {@code index.m3u8} with segments of one second. */
  static List<String> hls(String segments, String... options) {
    List<String> all = new ArrayList<>(SEGMENTED);
    all.addAll(List.of(options));
    all.addAll(List.of("-hls_segment_filename", segments, "index.m3u8"));
    return all;
  }

  private static List<String> lavfi(String source) {
    return List.of("-f", "lavfi", "-i", source);
  }
}
