package io.github.streamingserver.http;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Whether to try again, and when. Pure but for {@code random}: the caller keeps the time and the
 * count. Bounded by time without progress, not by the number of tries.
 *
 * @param budget how long nothing may have come; the last try is made when it ends
 * @param firstDelay the delay after the first failure, doubled by each further one
 * @param longestDelay where the doubling ends
 * @param longestRetryAfter how far a server's Retry-After is respected
 * @param missingTries how many {@link Outlook#MISSING} answers are believed to be final; 1 for at
 *     once
 * @param missingDelay the delay between those
 * @param random spreads the delays, so that many recordings don't come back at the same moment
 */
public record RetryPolicy(
    Duration budget,
    Duration firstDelay,
    Duration longestDelay,
    Duration longestRetryAfter,
    int missingTries,
    Duration missingDelay,
    RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public RetryPolicy {
    if (budget.isNegative()) {
      throw new IllegalArgumentException("budget must not be negative");
    }
    if (!firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("0 < firstDelay <= longestDelay must hold");
    }
    if (longestRetryAfter.isNegative() || missingDelay.isNegative()) {
      throw new IllegalArgumentException("delays must not be negative");
    }
    if (missingTries < 1) {
      throw new IllegalArgumentException("missingTries must be at least 1");
    }
  }

  /** What to do after a failure. */
  public sealed interface Decision {
    /** Try again after {@code delay}. */
    record Retry(Duration delay) implements Decision {}

    /** The failure is the result. */
    record GiveUp() implements Decision {}
  }

  /**
   * The failures since the last progress.
   *
   * @param failures all of them
   * @param missing those that were {@link Outlook#MISSING}
   */
  public record Failures(int failures, int missing) {
    /** Before the first failure. */
    public static final Failures NONE = new Failures(0, 0);

    /** One more. */
    public Failures plus(Throwable failure) {
      return new Failures(failures + 1, missing + (Outlook.of(failure) == Outlook.MISSING ? 1 : 0));
    }
  }

  /** What time may do about a failure. */
  public enum Outlook {
    /** The next try is as good as the first. */
    TRANSIENT,
    /**
     * 404 or 410: not there yet, or no longer. And what a server that is in trouble answers once,
     * but one that is set up wrong always: redirects in a circle, junk.
     */
    MISSING,
    /** Time won't change it; another URL or session may. */
    PERMANENT;

    /** Judges the failure of a fetch or a body, and all else as permanent. */
    public static Outlook of(Throwable error) {
      return HttpFailure.of(error).map(Outlook::of).orElseGet(() -> ofOther(error));
    }

    private static Outlook of(HttpFailure failure) {
      return switch (failure) {
        case HttpFailure.Status(int code, Duration _) -> ofStatus(code);
        case HttpFailure.Transport transport ->
            switch (transport) {
              case HOST_UNKNOWN,
                  NOT_CONNECTED,
                  TLS,
                  TIMED_OUT,
                  CLOSED,
                  TRUNCATED,
                  NOT_HTTP,
                  OTHER_CONTENT ->
                  TRANSIENT;
              case REDIRECT, CODING, NO_MEDIA -> MISSING;
              case PRIVATE_ORIGIN, TOO_LARGE -> PERMANENT;
            };
      };
    }

    private static Outlook ofStatus(int code) {
      return switch (code) {
        case 404, 410 -> MISSING;
        case 408, 425, 429 -> TRANSIENT;
        case 501, 505 -> PERMANENT;
        default -> code >= 500 ? TRANSIENT : PERMANENT;
      };
    }

    private static Outlook ofOther(Throwable error) {
      return StreamException.failureOf(error) instanceof StreamFailure.TimedOut
          ? TRANSIENT
          : PERMANENT;
    }
  }

  /**
   * What to do about {@code failure}.
   *
   * @param sinceProgress how long ago the last byte was of use
   * @param failures this failure included
   */
  public Decision next(Throwable failure, Duration sinceProgress, Failures failures) {
    if (sinceProgress.compareTo(budget) >= 0) {
      return new Decision.GiveUp();
    }
    return switch (Outlook.of(failure)) {
      case PERMANENT -> new Decision.GiveUp();
      case MISSING ->
          failures.missing() >= missingTries
              ? new Decision.GiveUp()
              : retry(missingDelay, sinceProgress);
      case TRANSIENT -> retry(longer(backoff(failures.failures()), asked(failure)), sinceProgress);
    };
  }

  /**
   * As {@link #next}, but where every failure may heal: of what a live stream needs nothing is lost
   * for good as long as there is time.
   */
  public Decision insist(Throwable failure, Duration sinceProgress, Failures failures) {
    return sinceProgress.compareTo(budget) >= 0
        ? new Decision.GiveUp()
        : retry(longer(backoff(failures.failures()), asked(failure)), sinceProgress);
  }

  private Decision retry(Duration delay, Duration sinceProgress) {
    return new Decision.Retry(shorter(delay, budget.minus(sinceProgress)));
  }

  /** Between half of the doubled delay and all of it. */
  private Duration backoff(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    Duration full = shorter(firstDelay.multipliedBy(1L << doublings), longestDelay);
    return Duration.ofNanos((long) (full.toNanos() * (0.5 + random.nextDouble() / 2)));
  }

  private Duration asked(Throwable failure) {
    return HttpFailure.of(failure)
        .filter(HttpFailure.Status.class::isInstance)
        .map(status -> ((HttpFailure.Status) status).retryAfter())
        .map(wait -> shorter(wait, longestRetryAfter))
        .orElse(Duration.ZERO);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
