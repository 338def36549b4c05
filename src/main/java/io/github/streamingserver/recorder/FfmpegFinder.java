package io.github.streamingserver.recorder;

import io.github.streamingserver.config.MuxSettings;
import io.github.streamingserver.recorder.ffmpeg.FfmpegPrograms;
import io.github.streamingserver.recorder.ffmpeg.FfmpegSettings;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ffmpeg of this machine, looked for when it is first needed, and again while there is none.
 * Safe for use from any thread.
 */
final class FfmpegFinder {
  /** What a client is told where nothing can be done without. */
  static final String NEEDED =
      "ffmpeg is needed for this stream and not there; install it (apt install ffmpeg) or set "
          + MuxSettings.FFMPEG_KEY;

  private static final Logger LOG = LoggerFactory.getLogger(FfmpegFinder.class);

  private final FfmpegSettings settings;
  private Optional<FfmpegPrograms> programs = Optional.empty();
  private String told = "";

  FfmpegFinder(MuxSettings settings) {
    FfmpegSettings system = FfmpegSettings.ofSystem();
    this.settings = settings.ffmpeg().map(system::withPrograms).orElse(system);
  }

  /** The programs; empty where there are none. Blocks, a second where they are unpacked first. */
  synchronized Optional<FfmpegPrograms> find() {
    if (programs.isEmpty()) {
      try {
        programs = Optional.of(FfmpegPrograms.find(settings));
      } catch (IOException e) {
        tell(String.valueOf(e.getMessage()));
      }
    }
    return programs;
  }

  /** Each recording asks, some twice. */
  private void tell(String why) {
    if (!why.equals(told)) {
      told = why;
      LOG.warn("There is no ffmpeg: {}", why);
    }
  }
}
