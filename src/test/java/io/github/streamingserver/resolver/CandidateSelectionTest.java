package io.github.streamingserver.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.Quality;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of which stream is taken. A stream is {@code height[-codec][@kbit][!]}: {@code ?} is an
 * unknown height, {@code !} a fallback; 4, 5 and a are H.264, HEVC and AV1.
 */
class CandidateSelectionTest {
  private static final String ALL = "144 240 360 480 720 1080 1440 2160";
  private static final String CODECS = "720-4 720-5 720-a 480-a 1080-4";

  private static Picture picture(String text) {
    String plain = text.replace("!", "");
    String[] rate = plain.split("@", 2);
    String[] parts = rate[0].split("-", 2);
    return new Picture(
        parts[0].equals("?") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[0])),
        codec(parts.length > 1 ? parts[1] : ""),
        rate.length > 1 ? Long.parseLong(rate[1]) * 1000 : 0,
        text.endsWith("!"));
  }

  private static Codec codec(String name) {
    return switch (name) {
      case "4" -> Codec.H264;
      case "5" -> Codec.HEVC;
      case "a" -> Codec.AV1;
      default -> Codec.UNKNOWN;
    };
  }

  private static List<String> ranked(String streams, String quality, boolean av1) {
    String list =
        switch (streams) {
          case "ALL" -> ALL;
          case "CODECS" -> CODECS;
          default -> streams;
        };
    return CandidateSelection.ranked(
        Arrays.asList(list.split(" ", -1)),
        CandidateSelectionTest::picture,
        Quality.parse(quality),
        av1);
  }

  @ParameterizedTest(name = "{0} as {1}, AV1 {2}: {3}")
  @CsvSource({
    // Every word on a full list.
    "ALL, best, true, 2160",
    "ALL, adaptive, true, 2160",
    "ALL, 2160p, true, 2160",
    "ALL, 1440p, true, 1440",
    "ALL, 1080p, true, 1080",
    "ALL, 720p, true, 720",
    "ALL, 480p, true, 480",
    "ALL, 360p, true, 360",
    "ALL, 240p, true, 240",
    "ALL, 144p, true, 144",
    "ALL, best, false, 1440",
    "ALL, adaptive, false, 1440",
    "ALL, 2160p, false, 1440",
    "ALL, 1440p, false, 1440",
    "ALL, 1080p, false, 1080",
    "ALL, 144p, false, 144",
    // The next lower one.
    "360 1080, 720p, true, 360",
    "360 480 1080, 720p, true, 480",
    "480 360 1080, 720p, false, 480",
    "144 2160, 1440p, true, 144",
    "576 480, 720p, true, 576",
    "540 1080, 720p, true, 540",
    "534 800, 720p, true, 534",
    // None lower: the best.
    "480 720 1080, 360p, true, 1080",
    "480, 144p, true, 480",
    "1080 2160, 720p, true, 2160",
    "1080 2160, 720p, false, 1080",
    // The order of the page decides nothing but ties.
    "1080 720, best, true, 1080",
    "720 1080, best, true, 1080",
    "720@1 720@2, best, true, 720@2",
    "720@2 720@1, 720p, true, 720@2",
    "720 720!, best, true, 720",
    // Codecs where lines tie.
    "CODECS, 720p, true, 720-a",
    "CODECS, 720p, false, 720-5",
    "CODECS, 480p, true, 480-a",
    "CODECS, 480p, false, 1080-4",
    "CODECS, best, true, 1080-4",
    "CODECS, best, false, 1080-4",
    "1080-4 1080-5, best, true, 1080-5",
    "1080-4 1080-5, best, false, 1080-5",
    "1080-5 1080-a, best, true, 1080-a",
    "1080-5 1080-a, best, false, 1080-5",
    "1080-4 1080-a, 1080p, true, 1080-a",
    "1080-4 1080-a, 1080p, false, 1080-4",
    "1080 1080-4, best, false, 1080-4",
    "1080-4@9000 1080-5@4000, best, true, 1080-5@4000",
    "1080-a@2000 1080-4@9000, best, true, 1080-a@2000",
    // More lines count more than the codec.
    "1080-4 720-a, best, true, 1080-4",
    "1080-4 720-5, best, false, 1080-4",
    "1080-a 720-4, best, false, 720-4",
    "1080-a 144-4, best, false, 144-4",
    // A client without AV1, where nothing else is left.
    "1080-a, best, false, 1080-a",
    "1080-a 720-a, 720p, false, 720-a",
    "1080-a 720-a, 480p, false, 1080-a",
    "2160-4, best, false, 2160-4",
    "2160-4, 720p, false, 2160-4",
    "2160-5 1080-a, best, false, 2160-5",
    "2160-a 1080-a, best, false, 1080-a",
    "2160-a 2160-5, 2160p, false, 2160-5",
    "2160-a 2160-5, 2160p, true, 2160-a",
    "4320 1440, best, false, 1440",
    // Heights that nothing tells.
    "? 360, best, true, 360",
    "? 1080, 720p, true, 1080",
    "? 480, 720p, true, 480",
    "?-5 ?-4, best, true, ?-5",
    "?-a ?-4, best, true, ?-a",
    "?-a ?-4, best, false, ?-4",
    "? 1080-a, best, false, ?",
    "? 2160, best, false, ?",
    "?, 720p, false, ?",
    // Fallbacks.
    "1080! 480, best, true, 480",
    "1080! 480, 1080p, true, 480",
    "1080! 720!, best, true, 1080!",
    "1080! 720!, 720p, true, 720!",
    "1080! ?, best, true, ?",
    "720-a 720-4!, 720p, true, 720-a",
    "720-a 720-4!, 720p, false, 720-4!",
    "2160 1080!, best, false, 1080!",
    "2160 1080!, best, true, 2160",
    "720-5! 720-4, 720p, true, 720-4",
  })
  void takes(String streams, String quality, boolean av1, String first) {
    assertThat(ranked(streams, quality, av1)).first().isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, 480p, true, 480 360 240 144 2160 1440 1080 720",
    "ALL, best, false, 1440 1080 720 480 360 240 144 2160",
    "1080! 1080 ? 720-a 720-4 2160-a, 1080p, true, 1080 720-a 720-4 2160-a ? 1080!",
    "1080! 1080 ? 720-a 720-4 2160-a, 1080p, false, 1080 720-4 ? 1080! 720-a 2160-a",
  })
  void ranksAllOfThem(String streams, String quality, boolean av1, String all) {
    assertThat(String.join(" ", ranked(streams, quality, av1))).isEqualTo(all);
  }
}
