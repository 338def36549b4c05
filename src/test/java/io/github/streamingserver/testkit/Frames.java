package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decoded frames of a file, as hashes: what proves that a recording holds what its source does. */
public final class Frames {
  /** Which of the columns; behind it stands what goes beside a packet. */
  private static final int HASH = 5;

  private Frames() {}

  /** A hash for each frame of the picture, in order. */
  public static List<String> video(Path file) {
    return hashes(file, "v:0");
  }

  /** A hash for each frame of the sound, in order. */
  public static List<String> audio(Path file) {
    return hashes(file, "a:0");
  }

  /**
   * A hash for each frame of AAC of files that follow each other, as it is coded: what is decoded
   * depends on all before it, and with each file a decoder begins anew.
   */
  public static List<String> sound(List<Path> files) {
    return files.stream()
        .flatMap(
            file ->
                md5(
                    List.of(
                        "-i",
                        file.toString(),
                        "-map",
                        "0:a:0",
                        "-c",
                        "copy",
                        "-bsf:a",
                        "aac_adtstoasc"))
                    .stream())
        .toList();
  }

  /** A hash for each packet of a stream as it is coded, in order. */
  public static List<String> packets(Path file, String stream) {
    return md5(List.of("-i", file.toString(), "-map", "0:" + stream, "-c", "copy"));
  }

  /** Seconds, as the container says. */
  public static double duration(Path file) {
    return Facts.of(file).seconds();
  }

  /** Every frame of picture and sound is the source's, there are both, and nothing is broken. */
  public static void assertSame(Path recorded, Path source) {
    assertSame("picture", recorded, video(recorded), video(source));
    assertSame("sound", recorded, audio(recorded), audio(source));
    assertNoDecodeErrors(recorded);
  }

  /** Both are equal, with a message that names the first frame that is not. */
  public static void assertSame(
      String what, Path recorded, List<String> frames, List<String> expected) {
    int equal = 0;
    while (equal < Math.min(frames.size(), expected.size())
        && frames.get(equal).equals(expected.get(equal))) {
      equal++;
    }
    assertThat(expected).as("source of [%s]: its %s", recorded, what).isNotEmpty();
    String differs = "%s of [%s]: %d frames, expected %d, the first %d are equal";
    assertThat(equal == frames.size() && equal == expected.size())
        .as(differs, what, recorded, frames.size(), expected.size(), equal)
        .isTrue();
  }

  /** Decodes all of {@code file}; ffmpeg complains of nothing. */
  public static void assertNoDecodeErrors(Path file) {
    assertThat(Ffmpeg.decodeErrors(file)).as("decoding [%s]", file).isEmpty();
  }

  /** The frames of a playlist's picture and then sound, as ffmpeg's own HLS client finds them. */
  static List<String> ofPlaylist(Path playlist) {
    String[] client = {"-allowed_extensions", "ALL", "-extension_picky", "0"};
    return Stream.of("v:0", "a:0")
        .flatMap(stream -> hashes(playlist, stream, client).stream())
        .toList();
  }

  private static List<String> hashes(Path file, String stream, String... input) {
    List<String> all = new ArrayList<>(List.of(input));
    all.addAll(List.of("-i", file.toString(), "-map", "0:" + stream));
    // Passed through, or ffmpeg drops and repeats frames where timestamps are uneven.
    all.addAll(List.of("-fps_mode", "passthrough"));
    return md5(all);
  }

  private static List<String> md5(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("-f", "framemd5", "-"));
    return Ffmpeg.ffmpeg(Path.of("."), all.toArray(String[]::new))
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split(",", -1)[HASH].strip())
        .toList();
  }
}
