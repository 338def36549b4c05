package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code streamingserver.hls}: see reference.conf. Sizes in bytes.
 *
 * @param filler found in the addresses of advertisements and the like
 */
public record HlsSettings(
    int maxPlaylistSize,
    int maxSegments,
    int maxInitSize,
    int keys,
    int backlog,
    Duration startBehind,
    Duration endGrace,
    Duration renewEvery,
    Duration variantPatience,
    List<Pattern> filler) {
  private static final String FILLER = "filler";

  public HlsSettings {
    filler = List.copyOf(filler);
  }

  /** Reads the {@code streamingserver} section. */
  static HlsSettings create(Config config) {
    Config hls = config.getConfig("hls");
    Config live = config.getConfig("live");
    return new HlsSettings(
        Math.toIntExact(hls.getBytes("max-playlist-size")),
        hls.getInt("max-segments"),
        Math.toIntExact(hls.getBytes("max-init-size")),
        hls.getInt("keys"),
        live.getInt("backlog"),
        live.getDuration("start-behind"),
        live.getDuration("end-grace"),
        hls.getDuration("renew-every"),
        hls.getDuration("variant-patience"),
        filler(hls));
  }

  private static List<Pattern> filler(Config hls) {
    try {
      return hls.getStringList(FILLER).stream().map(Pattern::compile).toList();
    } catch (PatternSyntaxException e) {
      throw new ConfigException.BadValue(
          hls.getValue(FILLER).origin(), "hls." + FILLER, String.valueOf(e.getMessage()), e);
    }
  }
}
