package io.github.streamingserver.journey;

/** Settings that let a journey be short; what it decides is the same. */
final class Settings {
  /** Retries and time-outs that tests can wait for. */
  static final String FAST =
      """
      streamingserver.recording { min-backoff = 10 ms, max-backoff = 50 ms, lost-after = 40 ms }
      streamingserver.http.idle-timeout = 500 ms
      """;

  /** The same, and a live channel's end is believed soon. */
  static final String FAST_LIVE = FAST + "streamingserver.live.end-grace = 2 s\n";

  private Settings() {}
}
