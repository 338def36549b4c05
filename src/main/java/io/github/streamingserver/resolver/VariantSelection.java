package io.github.streamingserver.resolver;

import io.github.streamingserver.hls.Variant;
import io.github.streamingserver.model.Quality;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which variant of a stream to record. Pure. */
final class VariantSelection {
  private static final int UHD = 2160;
  private static final int MOST_FALLBACKS = 8;
  private static final Pattern NO_PICTURE =
      Pattern.compile("|(mp4a|ac-3|ec-3|ac-4|dts|opus|vorbis|flac|alac|mp3|stpp|wvtt).*");
  private static final Comparator<Variant> BY_PICTURE =
      Comparator.comparingInt(VariantSelection::height).thenComparingLong(Variant::bandwidth);

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
    if (!av1) {
      playable = unlessNone(playable, variant -> !isAv1(variant) && height(variant) < UHD);
    }
    List<Variant> allowed = playable;
    Optional<Variant> fitting =
        quality instanceof Quality.Height(int lines)
            ? allowed.stream().filter(variant -> height(variant) <= lines).max(BY_PICTURE)
            : Optional.empty();
    return fitting.or(() -> allowed.stream().max(BY_PICTURE)).orElseThrow();
  }

  /**
   * The variants to take where {@code chosen} fails: copies of it elsewhere (RFC 8216 §6.2.4), then
   * lower ones, the best first; at most {@value #MOST_FALLBACKS}.
   */
  static List<Variant> fallbacks(List<Variant> variants, Variant chosen, boolean av1) {
    List<Variant> others =
        variants.stream()
            .filter(variant -> !variant.uri().equals(chosen.uri()) && hasPicture(variant))
            .filter(variant -> av1 || (!isAv1(variant) && height(variant) < UHD))
            .toList();
    Stream<Variant> copies = others.stream().filter(variant -> isCopy(variant, chosen));
    Stream<Variant> lower =
        others.stream()
            .filter(variant -> !isCopy(variant, chosen) && BY_PICTURE.compare(variant, chosen) <= 0)
            .sorted(BY_PICTURE.reversed());
    return Stream.concat(copies, lower).limit(MOST_FALLBACKS).toList();
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
        .map(Variant.Resolution::height)
        .orElseGet(() -> heightOf(variant.bandwidth()));
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
    return variant.codecs().stream()
        .anyMatch(codec -> codec.toLowerCase(Locale.ROOT).matches("(av01|dav1).*"));
  }

  /** Whether nothing says that there is sound alone, or with text. */
  private static boolean hasPicture(Variant variant) {
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
