package io.github.streamingserver.recorder;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where what carries the source's times belongs in the files of a recording. Safe for use from any
 * thread.
 */
interface SourceClock {
  /**
   * What is to be placed; times in 90 kHz, of which the lower 33 bits count.
   *
   * @param discontinuities as in {@link Piece.Part}
   * @param origin where the source's own count of its times begins
   */
  record Span(long discontinuities, long origin, long start, long end) {}

  /** A stretch of a section's file, in milliseconds from its beginning. */
  record Place(int section, long start, long end) {}

  /** Where {@code span} belongs, as soon as that is known; empty where it has no place. */
  CompletionStage<Optional<Place>> place(Span span);

  /** Nothing more is recorded: what waits for its place has none. */
  void end();
}
