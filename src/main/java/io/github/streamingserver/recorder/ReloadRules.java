package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MediaPlaylist.PlaylistType;
import io.github.streamingserver.hls.ReloadTiming;
import io.github.streamingserver.http.HttpFailure;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a media playlist is loaded again, and how: RFC 8216 §6.3.4 and what live origins do besides.
 * Pure but for the jitter of the policies.
 *
 * @param live whether the recording is one of a channel, that ENDLIST may end for a moment only
 * @param starting the policy until the playlist was loaded once
 * @param recording the policy afterwards; its budget bounds every wait for something new
 * @param endGrace how long a channel that has ended is looked for
 * @param renewEvery how often the item is resolved anew at most
 * @param variantPatience how long a variant may fail before the next one is tried
 * @param scheduled whether the recording has an end of its own, until which nothing is given up
 */
record ReloadRules(
    boolean live,
    RetryPolicy starting,
    RetryPolicy recording,
    Duration endGrace,
    Duration renewEvery,
    Duration variantPatience,
    boolean scheduled) {
  private static final int TARGETS_WITHOUT_NEWS = 3;

  /** Who is refused with as many new sessions in a row is not wanted. */
  private static final int MOST_RENEWALS = 2;

  private static final Duration LONGEST_END_DELAY = Duration.ofSeconds(3);
  private static final Duration SHORTEST_END_DELAY = Duration.ofMillis(500);

  /** How the playlist is reached. */
  enum Way {
    /** Where it was. */
    SAME,
    /** After the item was resolved anew, since the origin refuses us. */
    RENEWED,
    /** After the multivariant playlist was loaded again. */
    REOPENED,
    /** At the first variant that can be loaded, this one or one after it; else as reopened. */
    FALLBACK
  }

  /** What to do. */
  sealed interface Step {
    /** Load it again. */
    record Load(Duration after, Way way) implements Step {}

    /** Nothing more comes. */
    record Complete() implements Step {}

    /** It is not to be had any more. */
    record Fail(Throwable cause) implements Step {}
  }

  /** What was decided, and what to know at the next decision. */
  record Decision(ReloadState state, Step step) {}

  /**
   * After a load.
   *
   * @param changed whether it brought anything new
   * @param took how long the load itself took
   */
  Decision loaded(
      ReloadState before, MediaPlaylist playlist, boolean changed, Duration took, Instant now) {
    Instant news = changed || !before.begun() ? now : before.news();
    if (!playlist.endList()) {
      ReloadState state = before.succeeded(Optional.empty(), news);
      return listens(state, playlist, ReloadTiming.delay(playlist, changed).minus(took), now);
    }
    Instant ended = changed ? now : before.ended().orElse(now);
    ReloadState state = before.succeeded(Optional.of(ended), news);
    boolean forGood = !live || playlist.playlistType().equals(Optional.of(PlaylistType.EVENT));
    if (forGood || !now.isBefore(ended.plus(endGrace))) {
      return new Decision(state, new Step.Complete());
    }
    Duration wait = clamp(playlist.targetDuration().dividedBy(2));
    boolean first = ended.equals(now);
    return new Decision(
        state.reopenedAt(now), new Step.Load(first ? Duration.ZERO : wait, Way.REOPENED));
  }

  private Decision listens(ReloadState state, MediaPlaylist playlist, Duration delay, Instant now) {
    Duration wait = delay.isNegative() ? Duration.ZERO : delay;
    Duration still = Duration.between(state.news(), now);
    if (still.compareTo(recording.budget()) >= 0) {
      String problem = "The playlist has brought nothing new for " + still.toSeconds() + " s";
      StreamFailure failure = new StreamFailure.TimedOut(problem);
      return new Decision(state, new Step.Fail(new StreamException(failure)));
    }
    Instant patience = now.minus(playlist.targetDuration().multipliedBy(TARGETS_WITHOUT_NEWS));
    boolean stands =
        !state.news().isAfter(patience)
            && state.reopened().filter(last -> last.isAfter(patience)).isEmpty();
    return stands
        ? new Decision(state.reopenedAt(now), new Step.Load(wait, Way.REOPENED))
        : new Decision(state, new Step.Load(wait, Way.SAME));
  }

  /**
   * After a load that failed.
   *
   * @param fallback whether there is another variant
   */
  Decision failed(ReloadState before, Throwable error, boolean fallback, Instant now) {
    ReloadState state = before.failed(error, now);
    Duration since = Duration.between(state.news(), now);
    if (StreamException.failureOf(error) instanceof StreamFailure.DrmProtected) {
      return new Decision(state, new Step.Fail(error));
    }
    if (isOver(state, error, now)) {
      return new Decision(state, new Step.Complete());
    }
    boolean renewable =
        state.renewed().filter(last -> now.isBefore(last.plus(renewEvery))).isEmpty();
    if (HttpFailure.isRefusal(error) && renewable) {
      return state.renewals() < MOST_RENEWALS || scheduled
          ? new Decision(state.renewedAt(now), new Step.Load(Duration.ZERO, Way.RENEWED))
          : new Decision(state, new Step.Fail(error));
    }
    RetryPolicy.Decision decision =
        state.begun()
            ? recording.insist(error, since, state.failures())
            : starting.next(error, since, state.failures());
    return switch (decision) {
      case RetryPolicy.Decision.Retry(var delay) ->
          new Decision(state, again(state, delay, fallback, now));
      case RetryPolicy.Decision.GiveUp _ -> new Decision(state, new Step.Fail(error));
    };
  }

  /** Whether a playlist that has ended stays so; an outage meanwhile does not tell. */
  private boolean isOver(ReloadState state, Throwable error, Instant now) {
    boolean unknown = RetryPolicy.Outlook.of(error) == RetryPolicy.Outlook.TRANSIENT;
    Duration wait = unknown || scheduled ? recording.budget() : endGrace;
    return state.ended().filter(end -> !now.isBefore(end.plus(wait))).isPresent();
  }

  /** Again after {@code delay}, or elsewhere as soon as patience with this variant ends. */
  private Step.Load again(ReloadState state, Duration delay, boolean fallback, Instant now) {
    if (state.ended().isPresent()) {
      return new Step.Load(delay, Way.REOPENED);
    }
    Duration left = Duration.between(now, state.failing().orElse(now).plus(variantPatience));
    if (delay.compareTo(left) < 0) {
      return new Step.Load(delay, Way.SAME);
    }
    return new Step.Load(left.isPositive() ? left : delay, fallback ? Way.FALLBACK : Way.REOPENED);
  }

  private static Duration clamp(Duration wait) {
    if (wait.compareTo(SHORTEST_END_DELAY) < 0) {
      return SHORTEST_END_DELAY;
    }
    return wait.compareTo(LONGEST_END_DELAY) > 0 ? LONGEST_END_DELAY : wait;
  }
}
