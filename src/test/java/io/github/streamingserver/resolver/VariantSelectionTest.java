package io.github.streamingserver.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.Variant;
import io.github.streamingserver.model.Quality;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantSelectionTest {
  private static final String USUAL = "1080@6000 720@3000 720@2500 480@1500 360@800";
  private static final String UHD = "2160@15000 1440@9000 1080@6000";
  private static final String AV1 = "1080@4000@av01.0.08M.08 720@3000@avc1.4d401f";
  private static final String NO_SIZES = "?@8000 ?@4500 ?@2100 ?@1200 ?@600 ?@200";
  private static final String SOUND = "?@9000@mp4a.40.2 360@800@avc1.4d,mp4a.40.2";

  /** {@code height@kbit[@codecs[@place]]}; a question mark where there is no RESOLUTION. */
  private static Variant variant(String text) {
    String[] parts = text.split("@", 4);
    String place = parts.length > 3 ? "-" + parts[3] : "";
    return new Variant(
        URI.create("http://host/" + parts[0].replace("?", "x") + "-" + parts[1] + place),
        "",
        Long.parseLong(parts[1]) * 1000,
        OptionalLong.empty(),
        parts[0].equals("?")
            ? Optional.empty()
            : Optional.of(new Variant.Resolution(3000, Integer.parseInt(parts[0]))),
        OptionalDouble.empty(),
        parts.length > 2 && !parts[2].isEmpty() ? List.of(parts[2].split(",", -1)) : List.of(),
        new Variant.Groups(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        Map.of());
  }

  private static List<Variant> named(String name) {
    String list =
        switch (name) {
          case "USUAL" -> USUAL;
          case "UHD" -> UHD;
          case "AV1" -> AV1;
          case "NO_SIZES" -> NO_SIZES;
          case "SOUND" -> SOUND;
          default -> name;
        };
    return Arrays.stream(list.split(" ", -1)).map(VariantSelectionTest::variant).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "USUAL, best, false, 1080-6000",
    "USUAL, adaptive, false, 1080-6000",
    "USUAL, 2160p, false, 1080-6000",
    "USUAL, 1440p, true, 1080-6000",
    "USUAL, 1080p, false, 1080-6000",
    "USUAL, 720p, false, 720-3000",
    "USUAL, 480p, false, 480-1500",
    "USUAL, 360p, false, 360-800",
    "USUAL, 240p, false, 1080-6000",
    "USUAL, 144p, false, 1080-6000",
    "1080@6000 480@1500, 720p, false, 480-1500",
    "1080@6000, 720p, false, 1080-6000",
    "UHD, best, true, 2160-15000",
    "UHD, best, false, 1440-9000",
    "UHD, 2160p, true, 2160-15000",
    "UHD, 2160p, false, 1440-9000",
    "2160@15000, best, false, 2160-15000",
    "2160@15000, 720p, false, 2160-15000",
    "AV1, best, true, 1080-4000",
    "AV1, best, false, 720-3000",
    "AV1, 1080p, false, 720-3000",
    "1080@4000@av01.0, best, false, 1080-4000",
    "1080@4000@AV01.0 720@1@hvc1.1, best, false, 720-1",
    "NO_SIZES, best, false, ?-8000",
    "NO_SIZES, 1080p, false, ?-8000",
    "NO_SIZES, 720p, false, ?-4500",
    "NO_SIZES, 480p, false, ?-2100",
    "NO_SIZES, 360p, false, ?-1200",
    "NO_SIZES, 240p, false, ?-600",
    "NO_SIZES, 144p, false, ?-200",
    "SOUND, best, false, 360-800",
    "SOUND, 144p, false, 360-800",
    "'?@64@mp4a.40.2 ?@128@mp4a.40.2', best, false, ?-128",
    "'?@900@avc1.4d,mp4a.40.2 ?@9000@mp4a.40.2', best, false, ?-900",
    "'?@9000@mp4a.40.2,stpp.ttml ?@900@avc1.4d', best, false, x-900",
    "1080@4000@dav1.10 720@3000, best, false, 720-3000",
    "720@2500 720@3000, 720p, false, 720-3000",
    "576@2000 480@1500, 720p, false, 576-2000",
  })
  void chooses(String variants, String quality, boolean av1, String chosen) {
    assertThat(
            VariantSelection.choose(named(variants), Quality.parse(quality), av1).uri().getPath())
        .isEqualTo("/" + chosen.replace("?", "x"));
  }

  /** The first variant is the one that was chosen. */
  @ParameterizedTest
  @CsvSource({
    "720@3000 480@1500 360@800, false, 480-1500 360-800",
    "720@3000 360@800 480@1500, false, 480-1500 360-800",
    "720@3000 1080@6000 480@1500, false, 480-1500",
    "720@3000 720@3500 720@2500 480@1500, false, 720-2500 480-1500",
    "720@3000, false, ''",
    "360@800 720@3000, false, ''",
    // copies elsewhere come first, in the playlist's order
    "720@3000 480@1500 720@3000@@two 480@1500@@two, false, 720-3000-two 480-1500 480-1500-two",
    "720@3000 720@3000@@two 720@3000@@one, false, 720-3000-two 720-3000-one",
    "720@3000@avc1.4d 720@3000@hvc1.1@two, false, 720-3000-two",
    // what the box can't play or see
    "1080@6000 1080@4000@av01.0 720@3000, false, 720-3000",
    "1080@6000 1080@4000@av01.0 720@3000, true, 1080-4000 720-3000",
    "2160@15000 2160@14000 1080@6000, false, 1080-6000",
    "2160@15000 2160@14000 1080@6000, true, 2160-14000 1080-6000",
    "720@3000 ?@64@mp4a.40.2 360@800, false, 360-800",
    // not for ever
    "720@3000 480@9 480@8 480@7 480@6 480@5 480@4 480@3 480@2 480@1, false,"
        + " 480-9 480-8 480-7 480-6 480-5 480-4 480-3 480-2",
  })
  void fallsBack(String variants, boolean av1, String expected) {
    List<Variant> all = named(variants);
    assertThat(
            VariantSelection.fallbacks(all, all.getFirst(), av1).stream()
                .map(variant -> variant.uri().getPath().substring(1)))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
  }
}
