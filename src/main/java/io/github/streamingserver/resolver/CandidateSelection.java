package io.github.streamingserver.resolver;

import io.github.streamingserver.model.Quality;
import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.Comparator;
import java.util.List;

/** Which of the streams behind an item's page to record. Pure. */
final class CandidateSelection {
  private static final int UHD = 2160;

  private CandidateSelection() {}

  /**
   * All of {@code candidates}, the one to try first at the beginning.
   *
   * @param candidates one or more
   * @param av1 whether AV1 and 2160p may be chosen where there is something else
   */
  static List<StreamCandidate> ranked(
      List<StreamCandidate> candidates, Quality quality, boolean av1) {
    int most = quality instanceof Quality.Height(int lines) ? lines : Integer.MAX_VALUE;
    Comparator<StreamCandidate> order =
        Comparator.comparing(StreamCandidate::fallback)
            .thenComparing(candidate -> !av1 && needsAv1(candidate))
            .thenComparing(candidate -> lines(candidate) > most)
            .thenComparing(CandidateSelection::lines, Comparator.reverseOrder())
            .thenComparing(StreamCandidate::codec, Comparator.reverseOrder());
    return candidates.stream().sorted(order).toList();
  }

  private static boolean needsAv1(StreamCandidate candidate) {
    return candidate.codec() == Codec.AV1 || lines(candidate) >= UHD;
  }

  /** A stream of unknown height may hold every height: it is looked into before any other. */
  private static int lines(StreamCandidate candidate) {
    return candidate.height().orElse(0);
  }
}
