package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code streamingserver.recorder.m4s}: see reference.conf. Rates in bit/s.
 *
 * @param ffmpeg an owner's choice; empty to search
 * @param floodMessages as many within {@code floodWindow} are a flood
 */
public record MuxSettings(
    MuxMode mode,
    Optional<Path> ffmpeg,
    Duration stallTimeout,
    int floodMessages,
    Duration floodWindow,
    int videoRate,
    int audioRate) {
  /** The key of the owner's choice, for messages that tell to set it. */
  public static final String FFMPEG_KEY = "streamingserver.recorder.m4s.ffmpeg";

  private static final String MODE = "mode";

  /** Reads the {@code streamingserver} section. */
  public static MuxSettings create(Config config) {
    Config m4s = config.getConfig("recorder.m4s");
    return new MuxSettings(
        mode(m4s),
        Optional.of(m4s.getString("ffmpeg")).filter(set -> !set.isBlank()).map(Path::of),
        m4s.getDuration("stall-timeout"),
        m4s.getInt("flood-messages"),
        m4s.getDuration("flood-window"),
        m4s.getInt("transcode.video-rate"),
        m4s.getInt("transcode.audio-rate"));
  }

  private static MuxMode mode(Config m4s) {
    String mode = m4s.getString(MODE);
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "auto" -> MuxMode.AUTO;
      case "copy" -> MuxMode.COPY;
      case "transcode" -> MuxMode.TRANSCODE;
      default ->
          throw new ConfigException.BadValue(
              m4s.getValue(MODE).origin(), MODE, "[" + mode + "] is not auto, copy or transcode");
    };
  }
}
