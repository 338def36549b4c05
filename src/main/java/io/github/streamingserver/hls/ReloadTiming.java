package io.github.streamingserver.hls;

import java.time.Duration;

/** How long to wait between two loads of a live playlist (RFC 8216 §6.3.4). */
public final class ReloadTiming {
  static final Duration SHORTEST = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private ReloadTiming() {}

  /**
   * From the begin of one load to the begin of the next: the target duration where the load brought
   * a change or was the first, half of it where it brought none. A window shorter than two target
   * durations, which no RFC allows, would be gone by then: half of the window is the most. Never
   * below half a second, never over a minute.
   */
  public static Duration delay(MediaPlaylist playlist, boolean changed) {
    Duration target = playlist.targetDuration();
    Duration wait = changed ? target : target.dividedBy(2);
    Duration window = playlist.duration();
    if (window.isPositive()) {
      wait = min(wait, window.dividedBy(2));
    }
    return min(wait, LONGEST).compareTo(SHORTEST) < 0 ? SHORTEST : min(wait, LONGEST);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
