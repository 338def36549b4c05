package io.github.streamingserver.resolver;

import io.github.streamingserver.model.Quality;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Which of several streams to record: the one rule for those that a page names and for the variants
 * of a playlist. Pure.
 */
final class CandidateSelection {
  private CandidateSelection() {}

  /**
   * All of {@code streams}, the one to try first at the beginning.
   *
   * <ol>
   *   <li>Without {@code av1}: what needs neither AV1 nor 2160p, then 2160p, then AV1.
   *   <li>Fallbacks after all others.
   *   <li>Unknown heights after known ones.
   *   <li>Best and adaptive: the most lines. A height: that one, the next lower ones, then the best
   *       of those above.
   *   <li>AV1, HEVC, H.264, unknown; then the higher bandwidth; then the order as given.
   * </ol>
   *
   * @param av1 whether the client plays AV1 and 2160p
   */
  static <T> List<T> ranked(
      List<T> streams, Function<T, Picture> picture, Quality quality, boolean av1) {
    int most = quality instanceof Quality.Height(int lines) ? lines : Integer.MAX_VALUE;
    Comparator<Picture> order =
        Comparator.comparingInt((Picture it) -> av1 ? 0 : unplayable(it))
            .thenComparing(Picture::fallback)
            .thenComparing(it -> it.lines().isEmpty())
            .thenComparing(it -> it.lines().orElse(0) > most)
            .thenComparing(it -> it.lines().orElse(0), Comparator.reverseOrder())
            .thenComparing(Picture::codec, Comparator.reverseOrder())
            .thenComparing(Picture::bandwidth, Comparator.reverseOrder());
    return streams.stream().sorted(Comparator.comparing(picture, order)).toList();
  }

  /** More for what such a client is less likely to play. */
  private static int unplayable(Picture picture) {
    return (picture.codec() == Codec.AV1 ? 2 : 0) + (picture.isUhd() ? 1 : 0);
  }
}
