package io.github.streamingserver.mp4;

import io.github.streamingserver.model.DrmScheme;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a file or segment so far; unchanging.
 *
 * @param brand the major brand, empty where none was named
 * @param movie its moov was read to the end: the file can be played
 * @param fragmented it has movie fragments, or announces them
 * @param tracks in the order of the moov
 * @param duration as the moov tells; zero where it doesn't, as in most fragmented files
 * @param protections what was found of protection boxes
 */
public record Mp4Facts(
    String brand,
    boolean movie,
    boolean fragmented,
    List<Mp4Track> tracks,
    Duration duration,
    Set<DrmScheme> protections) {
  public Mp4Facts {
    tracks = List.copyOf(tracks);
    protections = Set.copyOf(protections);
  }

  /** The protection, by the name that tells most where there are several. */
  public Optional<DrmScheme> drm() {
    return protections.stream().min(DrmScheme::compareTo);
  }
}
