package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a recording fetches: with what session it begins, and how long it tries.
 *
 * @param clock what dates are held against
 * @param steady what waits are measured by, which nobody sets meanwhile
 * @param starting the policy until something is on disk
 * @param recording the policy afterwards
 */
record Fetching(
    HttpFetcher fetcher,
    HttpSession session,
    InstantSource clock,
    InstantSource steady,
    RetryPolicy starting,
    RetryPolicy recording) {

  /**
   * @param allowed how long the recording is to last, where that is known
   * @param resumed whether something is on disk already
   * @param random spreads the pauses
   */
  static Fetching of(
      HttpFetcher fetcher,
      HttpSession session,
      InstantSource clock,
      InstantSource steady,
      RecordingSettings settings,
      Optional<Duration> allowed,
      boolean resumed,
      RandomGenerator random) {
    RetryPolicy recording = Retries.recording(settings, allowed, random);
    RetryPolicy starting = resumed ? recording : Retries.starting(settings, random);
    return new Fetching(fetcher, session, clock, steady, starting, recording);
  }
}
