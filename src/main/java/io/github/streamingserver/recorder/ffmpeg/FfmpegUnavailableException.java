package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.config.MuxSettings;
import java.io.IOException;

/** There is no ffmpeg that runs here; the message says why, and what to install. */
public final class FfmpegUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "; install ffmpeg (Debian and Ubuntu: apt install ffmpeg), or set " + MuxSettings.FFMPEG_KEY;

  FfmpegUnavailableException(String reason) {
    super(reason.strip() + REMEDY);
  }

  FfmpegUnavailableException(String reason, Throwable cause) {
    super(reason.strip() + REMEDY, cause);
  }
}
