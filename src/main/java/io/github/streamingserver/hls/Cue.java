package io.github.streamingserver.hls;

import java.time.Duration;
import java.util.Optional;

/**
 * An ad marker of the EXT-X-CUE family, which no RFC defines but ad servers write.
 *
 * @param duration of the whole break, where it is told
 * @param elapsed of it so far, where it is told
 */
public record Cue(Kind kind, Optional<Duration> duration, Optional<Duration> elapsed) {
  /** Where in the break it stands. */
  public enum Kind {
    /** The break begins. */
    OUT,
    /** Within the break. */
    CONTINUED,
    /** The programme goes on. */
    IN
  }
}
