package io.github.streamingserver.journey;

/** Settings that let a journey be short; what it decides is the same. */
final class Settings {
  /** Retries and time-outs that tests can wait for; a slow machine may take its time to begin. */
  static final String FAST =
      """
      streamingserver.recording { min-backoff = 10 ms, max-backoff = 50 ms, lost-after = 40 ms }
      streamingserver.recording.start-budget = 60 s
      streamingserver.http.idle-timeout = 500 ms
      """;

  /** The same; besides, patience with what is over, away or refused is short. */
  static final String FAST_LIVE =
      FAST
          + """
          streamingserver.live.end-grace = 1200 ms
          streamingserver.recording.retry-budget = 60 s
          streamingserver.hls { renew-every = 500 ms, variant-patience = 1500 ms }
          """;

  private Settings() {}
}
