package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.http.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long a recording tries. Pure. */
public final class Retries {
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

  private Retries() {}

  /** While a viewer waits in front of the screen: what time won't change is told at once. */
  public static RetryPolicy starting(RecordingSettings settings) {
    return starting(settings, RandomGenerator.getDefault());
  }

  /** The same, with what spreads the pauses. */
  public static RetryPolicy starting(RecordingSettings settings, RandomGenerator random) {
    return policy(settings, settings.startBudget(), 1, random);
  }

  /**
   * Once something is on disk.
   *
   * @param allowed how long the recording is to last, where that is known: an outage is waited out
   *     until then
   * @param random spreads the pauses
   */
  static RetryPolicy recording(
      RecordingSettings settings, Optional<Duration> allowed, RandomGenerator random) {
    Duration budget =
        allowed
            .filter(time -> time.compareTo(settings.retryBudget()) > 0)
            .orElse(settings.retryBudget());
    return policy(settings, budget, settings.lostAfterTries(), random);
  }

  private static RetryPolicy policy(
      RecordingSettings settings, Duration budget, int missingTries, RandomGenerator random) {
    Duration missingDelay = settings.lostAfter().dividedBy(Math.max(1, missingTries - 1));
    return new RetryPolicy(
        budget,
        settings.minBackoff(),
        settings.maxBackoff(),
        LONGEST_RETRY_AFTER,
        missingTries,
        missingDelay,
        random);
  }
}
