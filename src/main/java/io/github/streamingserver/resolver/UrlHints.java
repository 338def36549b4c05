package io.github.streamingserver.resolver;

import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an address says of its stream: {@code _1080p_}, {@code 1920x1080}, {@code 4k}, {@code
 * .h265.}, {@code /av1/}. The part of the path nearest to its end counts; one that names several is
 * a list, and tells nothing. Pure.
 */
final class UrlHints {
  private static final Pattern LINES =
      Pattern.compile(
          "(?<![a-z0-9])(?:(\\d{3,4})p(?:[2-9]\\d|1\\d\\d)?|(\\d{3,4})x(\\d{3,4})|(4k|uhd))(?![a-z0-9])");
  private static final Pattern CODEC =
      Pattern.compile(
          "(?<![a-z0-9])(av01|av1|hevc|h\\.?265|x265|hvc1|hev1|avc1|avc|h\\.?264|x264)(?![a-z0-9])");
  private static final Map<Character, Codec> BY_LAST =
      Map.of('5', Codec.HEVC, '4', Codec.H264, 'c', Codec.HEVC);
  private static final int UHD = 2160;
  private static final int LEAST_LINES = 100;

  private UrlHints() {}

  /** {@code candidate}, and what its page didn't say of it but its address does. */
  static StreamCandidate applied(StreamCandidate candidate) {
    OptionalInt height = candidate.height().isPresent() ? candidate.height() : height(candidate);
    Codec codec = candidate.codec() == Codec.UNKNOWN ? codec(candidate.url()) : candidate.codec();
    return new StreamCandidate(
        candidate.url(),
        height,
        codec,
        candidate.label(),
        candidate.fallback(),
        candidate.expires());
  }

  private static OptionalInt height(StreamCandidate candidate) {
    return nearest(candidate.url(), LINES, UrlHints::lines)
        .filter(lines -> lines >= LEAST_LINES)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static Codec codec(URI url) {
    return nearest(url, CODEC, match -> codec(match.group(1))).orElse(Codec.UNKNOWN);
  }

  private static int lines(MatchResult match) {
    if (match.group(4) != null) {
      return UHD;
    }
    return match.group(1) != null
        ? Integer.parseInt(match.group(1))
        : Math.min(Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
  }

  private static Codec codec(String word) {
    if (word.startsWith("av0") || word.equals("av1")) {
      return Codec.AV1;
    }
    boolean avc = word.startsWith("avc");
    return avc ? Codec.H264 : BY_LAST.getOrDefault(word.charAt(word.length() - 1), Codec.HEVC);
  }

  private static <T> Optional<T> nearest(URI url, Pattern pattern, Function<MatchResult, T> what) {
    String path = Optional.ofNullable(url.getPath()).orElse("").toLowerCase(Locale.ROOT);
    // An underscore belongs to no word here, though it does to a regular expression's.
    for (String segment : List.of(path.split("/", -1)).reversed()) {
      List<T> named = pattern.matcher(segment).results().map(what).distinct().toList();
      if (!named.isEmpty()) {
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
