package io.github.streamingserver.resolver;

import io.github.streamingserver.hls.Variant;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which variant of a stream to record. Pure. */
final class VariantSelection {
  private static final int UHD = 2160;
  private static final int UHD_WIDTH = 3840;
  private static final int MOST_FALLBACKS = 8;
  private static final Pattern NO_PICTURE =
      Pattern.compile("|(mp4a|ac-3|ec-3|ac-4|dts|opus|vorbis|flac|alac|mp3|stpp|wvtt).*");

  private VariantSelection() {}

  /**
   * The variant for {@code quality}: the best for best and adaptive; for a height that one or the
   * next lower, and the best where none is lower.
   *
   * @param variants one or more
   * @param av1 whether AV1 and 2160p may be chosen where there is something else
   */
  static Variant choose(List<Variant> variants, Quality quality, boolean av1) {
    List<Variant> playable = unlessNone(variants, VariantSelection::hasPicture);
    return CandidateSelection.ranked(playable, VariantSelection::picture, quality, av1).getFirst();
  }

  /**
   * The variants to take where {@code chosen} fails: copies of it elsewhere (RFC 8216 §6.2.4), then
   * lower ones, the best first; at most {@value #MOST_FALLBACKS}.
   */
  static List<Variant> fallbacks(List<Variant> variants, Variant chosen, boolean av1) {
    List<Variant> others =
        variants.stream()
            .filter(variant -> !variant.uri().equals(chosen.uri()) && hasPicture(variant))
            .filter(variant -> av1 || (!isAv1(variant) && !picture(variant).isUhd()))
            .toList();
    Stream<Variant> copies = others.stream().filter(variant -> isCopy(variant, chosen));
    List<Variant> lower =
        others.stream()
            .filter(variant -> !isCopy(variant, chosen) && isNoHigher(variant, chosen))
            .toList();
    return Stream.concat(
            copies,
            CandidateSelection.ranked(lower, VariantSelection::picture, new Quality.Best(), av1)
                .stream())
        .limit(MOST_FALLBACKS)
        .toList();
  }

  /** What decides whether a variant is taken. */
  static Picture picture(Variant variant) {
    return new Picture(OptionalInt.of(height(variant)), codec(variant), variant.bandwidth(), false);
  }

  /** Fewer lines, or as many in fewer bits; bits of different codecs can't be compared. */
  private static boolean isNoHigher(Variant variant, Variant chosen) {
    return height(variant) < height(chosen)
        || (height(variant) == height(chosen)
            && (variant.bandwidth() <= chosen.bandwidth() || codec(variant) != codec(chosen)));
  }

  private static boolean isCopy(Variant variant, Variant chosen) {
    return variant.bandwidth() == chosen.bandwidth()
        && variant.resolution().equals(chosen.resolution())
        && variant.codecs().equals(chosen.codecs());
  }

  /** Lines of the picture; told by the bandwidth where the playlist doesn't. */
  static int height(Variant variant) {
    return variant
        .resolution()
        .map(VariantSelection::lines)
        .orElseGet(() -> heightOf(variant.bandwidth()));
  }

  /** As a quality is named: an upright picture by its shorter side, a wide one of UHD as such. */
  private static int lines(Variant.Resolution size) {
    int lines = Math.min(size.width(), size.height());
    return Math.max(size.width(), size.height()) >= UHD_WIDTH ? Math.max(lines, UHD) : lines;
  }

  private static int heightOf(long bandwidth) {
    if (bandwidth >= 8_000_000) {
      return 1080;
    }
    if (bandwidth >= 4_000_000) {
      return 720;
    }
    if (bandwidth >= 2_000_000) {
      return 480;
    }
    if (bandwidth >= 1_000_000) {
      return 360;
    }
    return bandwidth >= 500_000 ? 240 : 144;
  }

  private static boolean isAv1(Variant variant) {
    return codec(variant) == Codec.AV1;
  }

  private static Codec codec(Variant variant) {
    return variant.codecs().stream()
        .map(codec -> codec(codec.toLowerCase(Locale.ROOT)))
        .max(Comparator.naturalOrder())
        .orElse(Codec.UNKNOWN);
  }

  /** By the sample entry of RFC 6381, Dolby's own among them. */
  private static Codec codec(String name) {
    return switch (name.substring(0, Math.min(name.length(), 4))) {
      case "av01", "dav1" -> Codec.AV1;
      case "hvc1", "hev1", "dvh1", "dvhe" -> Codec.HEVC;
      case "avc1", "avc3", "dva1", "dvav" -> Codec.H264;
      default -> Codec.UNKNOWN;
    };
  }

  /** Whether nothing says that there is sound alone, or with text. */
  static boolean hasPicture(Variant variant) {
    return variant.resolution().isPresent()
        || variant.codecs().isEmpty()
        || variant.codecs().stream()
            .map(codec -> codec.toLowerCase(Locale.ROOT))
            .anyMatch(codec -> !NO_PICTURE.matcher(codec).matches());
  }

  private static List<Variant> unlessNone(List<Variant> variants, Predicate<Variant> wanted) {
    List<Variant> left = variants.stream().filter(wanted).toList();
    return left.isEmpty() ? variants : left;
  }
}
