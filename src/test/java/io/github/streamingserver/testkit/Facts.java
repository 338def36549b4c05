package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ffprobe says of a file.
 *
 * @param seconds its duration, as the container says
 * @param codecs of its streams, in order, such as {@code h264}
 * @param width of the first picture; 0 where there is none
 * @param height of the first picture; 0 where there is none
 */
public record Facts(double seconds, List<String> codecs, int width, int height) {
  public Facts {
    codecs = List.copyOf(codecs);
  }

  /** Asks ffprobe. */
  public static Facts of(Path file) {
    // By index: ffprobe tells of a transport stream's streams twice.
    Map<String, String> codecs = new TreeMap<>();
    String index = "";
    Map<String, String> first = new HashMap<>();
    String entries = "format=duration:stream=index,codec_name,width,height";
    for (String line : lines("-show_entries", entries, "-of", "default=nw=1", file.toString())) {
      int equals = line.indexOf('=');
      String name = line.substring(0, equals);
      String value = line.substring(equals + 1);
      if (name.equals("index")) {
        index = value;
      } else if (name.equals("codec_name")) {
        codecs.put(index, value);
      }
      first.putIfAbsent(name, value);
    }
    return new Facts(
        Double.parseDouble(first.getOrDefault("duration", "0")),
        List.copyOf(codecs.values()),
        Integer.parseInt(first.getOrDefault("width", "0")),
        Integer.parseInt(first.getOrDefault("height", "0")));
  }

  /** Decoding timestamps of a stream ({@code v:0}, {@code a:0}), in the file's order, seconds. */
  public static List<Double> decodingTimes(Path file, String stream) {
    return lines(
            "-select_streams",
            stream,
            "-show_entries",
            "packet=dts_time",
            "-of",
            "csv=p=0",
            file.toString())
        .stream()
        .map(line -> Double.valueOf(line.replace(",", "")))
        .toList();
  }

  /**
   * The stream's decoding timestamps rise from packet to packet, by at most {@code gap} seconds.
   */
  public static void assertTimesRise(Path file, String stream, double gap) {
    List<Double> times = decodingTimes(file, stream);
    assertThat(times).as("packets of [%s] in [%s]", stream, file).isNotEmpty();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1))
          .as("seconds from packet %d of [%s] in [%s] to the next", i - 1, stream, file)
          .isPositive()
          .isLessThanOrEqualTo(gap);
    }
  }

  private static List<String> lines(String... arguments) {
    return Ffmpeg.ffprobe(arguments).lines().filter(line -> !line.isBlank()).toList();
  }
}
