package io.github.streamingserver.recorder;

import io.github.streamingserver.http.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the loads of a media playlist so far; what {@link ReloadRules} decide by.
 *
 * @param begun whether any succeeded
 * @param news when one last brought something new
 * @param failing since when they fail
 * @param ended since when the playlist says that it is over
 * @param renewals times that the item was resolved anew since the last load that succeeded
 */
record ReloadState(
    boolean begun,
    Instant news,
    RetryPolicy.Failures failures,
    Optional<Instant> failing,
    Optional<Instant> ended,
    Optional<Instant> renewed,
    int renewals,
    Optional<Instant> reopened) {
  static ReloadState at(Instant now) {
    return new ReloadState(
        false,
        now,
        RetryPolicy.Failures.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  ReloadState succeeded(Optional<Instant> newEnd, Instant newNews) {
    return new ReloadState(
        true, newNews, RetryPolicy.Failures.NONE, Optional.empty(), newEnd, renewed, 0, reopened);
  }

  ReloadState failed(Throwable error, Instant now) {
    return new ReloadState(
        begun,
        news,
        failures.plus(error),
        failing.or(() -> Optional.of(now)),
        ended,
        renewed,
        renewals,
        reopened);
  }

  ReloadState renewedAt(Instant now) {
    return new ReloadState(
        begun, news, failures, failing, ended, Optional.of(now), renewals + 1, reopened);
  }

  /**
   * The last time the item was resolved anew nobody answered: no session was refused then, and it
   * may be tried again after {@code pause}.
   */
  ReloadState unanswered(Duration pause, Instant now) {
    Optional<Instant> recent = renewed.filter(last -> now.isBefore(last.plus(pause)));
    return new ReloadState(begun, news, failures, failing, ended, recent, 0, reopened);
  }

  ReloadState reopenedAt(Instant now) {
    return new ReloadState(
        begun, news, failures, failing, ended, renewed, renewals, Optional.of(now));
  }
}
