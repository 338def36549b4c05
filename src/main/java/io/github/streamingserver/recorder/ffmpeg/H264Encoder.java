package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The encoders of H.264 that an ffmpeg may have and that need no graphics card, best first. */
enum H264Encoder {
  X264("libx264", "-preset veryfast -crf 21 -profile:v high"),
  OPENH264("libopenh264", "-profile:v high -rc_mode bitrate"),
  V4L2("h264_v4l2m2m", "-profile:v high");

  private static final Map<FfmpegPrograms, H264Encoder> KNOWN = new ConcurrentHashMap<>();

  private final String encoder;
  private final String options;

  H264Encoder(String encoder, String options) {
    this.encoder = encoder;
    this.options = options;
  }

  String encoder() {
    return encoder;
  }

  List<String> options() {
    return List.of(options.split(" "));
  }

  /**
   * The one that {@code programs} have, asked once.
   *
   * @throws FfmpegUnavailableException where they have none
   */
  static H264Encoder of(FfmpegPrograms programs) throws IOException {
    Optional<H264Encoder> known = Optional.ofNullable(KNOWN.get(programs));
    if (known.isPresent()) {
      return known.get();
    }
    H264Encoder found =
        in(encoders(programs))
            .orElseThrow(
                () ->
                    new FfmpegUnavailableException(
                        "The ffmpeg in [" + programs.folder() + "] can't encode H.264"));
    KNOWN.put(programs, found);
    return found;
  }

  /** The best of a list that ffmpeg printed: flags, name, description. */
  static Optional<H264Encoder> in(String encoders) {
    List<String> names =
        encoders
            .lines()
            .map(line -> line.strip().split("\\s+", 3))
            .filter(columns -> columns.length > 1)
            .map(columns -> columns[1])
            .toList();
    return Arrays.stream(values()).filter(each -> names.contains(each.encoder)).findFirst();
  }

  private static String encoders(FfmpegPrograms programs) throws IOException {
    Process process =
        programs
            .ffmpeg(List.of("-nostdin", "-hide_banner", "-encoders"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
