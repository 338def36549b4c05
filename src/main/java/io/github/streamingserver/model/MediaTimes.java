package io.github.streamingserver.model;

import java.util.Optional;

/**
 * When the units of picture and sound in a stretch of media are decoded, by its own clock.
 *
 * @param picture empty where there is none, or its times are not told
 * @param sound as {@code picture}
 */
public record MediaTimes(Optional<Span> picture, Optional<Span> sound) {
  /** Nothing is told. */
  public static final MediaTimes UNKNOWN = new MediaTimes(Optional.empty(), Optional.empty());

  /**
   * The times of one stream in ticks of 90 kHz, which may be beyond 33 bits.
   *
   * @param first the decoding time of the first unit
   * @param last the decoding time of the last unit
   * @param end when the last unit is over
   */
  public record Span(long first, long last, long end) {
    /** This span, and the one that follows it. */
    public Span and(Span next) {
      return new Span(first, next.last, next.end);
    }
  }
}
