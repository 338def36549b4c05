package io.github.streamingserver.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * What a channel broadcasts at a time.
 *
 * @param stop empty where the guide does not say
 * @param title of the programme and, where there is one, of the episode
 * @param description may be empty
 */
public record Programme(Instant start, Optional<Instant> stop, String title, String description) {
  /** Whether it is on at {@code now}. */
  public boolean isOn(Instant now) {
    return !start.isAfter(now) && !isOver(now);
  }

  /** Whether it has ended by {@code now}. */
  public boolean isOver(Instant now) {
    return stop.filter(end -> !end.isAfter(now)).isPresent();
  }
}
