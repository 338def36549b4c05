package io.github.streamingserver.recorder;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.StreamOpener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How an HLS stream is reached at this moment: its session and its addresses, which expire, move
 * and fail. Shared by all that a recording fetches; safe for use from any thread.
 */
final class StreamAccess {
  /** However soon addresses expire, their site has as much peace. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /** After which time a site is asked again that nobody could reach, and so was not bothered. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** A session and one variant of the stream; 0 is the chosen one, others are its fallbacks. */
  record Route(HttpSession session, MediaSource.Hls source, int number) {
    MediaSource.Variant variant() {
      return number == 0 ? source.chosen() : source.fallbacks().get(number - 1);
    }

    /** The way to the next variant. */
    Optional<Route> next() {
      return number < source.fallbacks().size()
          ? Optional.of(new Route(session, source, number + 1))
          : Optional.empty();
    }
  }

  private final Supplier<CompletionStage<ResolvedMedia>> resolver;
  private final StreamOpener opener;
  private final ResolvedMedia media;
  private final boolean av1;
  private final InstantSource clock;
  private final InstantSource steady;
  private final Duration renewEvery;
  private volatile Route route;
  private volatile boolean answered = true;
  private CompletableFuture<Boolean> renewal = CompletableFuture.completedFuture(false);
  private Optional<Instant> renewable = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private Optional<Instant> due;

  /**
   * @param resolver resolves the item anew
   * @param clock what the end of addresses is held against
   * @param steady what waits are measured by, which nobody sets
   * @param renewEvery how often a site that answers is asked for that at most
   */
  StreamAccess(
      ResolvedMedia media,
      MediaSource.Hls source,
      boolean av1,
      Supplier<CompletionStage<ResolvedMedia>> resolver,
      StreamOpener opener,
      InstantSource clock,
      InstantSource steady,
      Duration renewEvery) {
    this.media = media;
    this.av1 = av1;
    this.resolver = resolver;
    this.opener = opener;
    this.clock = clock;
    this.steady = steady;
    this.renewEvery = renewEvery;
    this.route = new Route(media.session(), source, 0);
    this.due = due(media);
  }

  Route route() {
    return route;
  }

  /** From now on the stream is reached this way, unless {@code before} is no longer the way. */
  synchronized void use(Route before, Route other) {
    if (route.equals(before)) {
      route = other;
    }
  }

  /**
   * Has the item resolved again in time before its addresses expire. What there is is good until
   * that is done; where it is refused, the origin's refusal is the next occasion.
   */
  synchronized void keepFresh() {
    Instant now = steady.instant();
    if (renewal.isDone() && due.filter(at -> !now.isBefore(at)).isPresent()) {
      due = Optional.of(now.plus(renewEvery));
      resolve(again -> due = Optional.of(again));
    }
  }

  private Optional<Instant> due(ResolvedMedia found) {
    return found
        .expires()
        .map(end -> steady.instant().plus(renewedAfter(Duration.between(clock.instant(), end))));
  }

  /** How soon addresses that are good for so long are renewed: when a quarter of that is left. */
  static Duration renewedAfter(Duration good) {
    Duration most = good.multipliedBy(3).dividedBy(4);
    return most.compareTo(SHORTEST) < 0 ? SHORTEST : most;
  }

  /**
   * Resolves the item again, since the origin refuses us. Those who ask while that is on its way
   * get the same answer.
   *
   * @return whether there is a new session; not where that is too soon after the last time, or
   *     where the item can't be resolved now. Fails where it turns out to be protected
   */
  synchronized CompletionStage<Boolean> renew() {
    Instant now = steady.instant();
    if (renewal.isDone() && renewable.filter(now::isBefore).isEmpty()) {
      renewable = Optional.of(now.plus(renewEvery));
      resolve(again -> renewable = Optional.of(again));
      return renewal;
    }
    return renewal.isDone() ? CompletableFuture.completedFuture(false) : renewal;
  }

  /**
   * @param unanswered hears when to ask again where nobody answers
   */
  private void resolve(Consumer<Instant> unanswered) {
    renewal =
        resolver
            .get()
            .whenComplete((_, error) -> tried(error == null || isAnswer(error), unanswered))
            .thenApply(this::adopt)
            .exceptionally(StreamAccess::unlessProtected)
            .toCompletableFuture();
  }

  private synchronized void tried(boolean answer, Consumer<Instant> unanswered) {
    answered = answer;
    if (answer) {
      pause = FIRST_PAUSE;
      return;
    }
    unanswered.accept(steady.instant().plus(pause));
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private static boolean isAnswer(Throwable error) {
    return switch (StreamException.failureOf(error)) {
      case StreamFailure.Forbidden _, StreamFailure.DrmProtected _ -> true;
      case StreamFailure.TimedOut _,
          StreamFailure.DiskFull _,
          StreamFailure.Busy _,
          StreamFailure.Failed _ ->
          false;
    };
  }

  /** Whether the site gave a session, or refused one, when it was last asked for one. */
  boolean isAnswered() {
    return answered;
  }

  /**
   * Loads the multivariant playlist again, with the session as it is; nothing where there is none.
   *
   * @return whether there is a way to the stream now; fails where it turns out to be protected
   */
  CompletionStage<Boolean> reopen() {
    Route now = route();
    if (now.source().master().equals(now.source().url())) {
      return CompletableFuture.completedFuture(true);
    }
    return opener
        .open(now.source().master(), now.session(), media.quality(), av1)
        .thenApply(source -> adopt(now, now.session(), source))
        .exceptionally(StreamAccess::unlessProtected);
  }

  private synchronized boolean adopt(ResolvedMedia found) {
    boolean adopted = adopt(route, found.session(), found.source());
    if (adopted) {
      due = due(found);
    }
    return adopted;
  }

  private boolean adopt(Route before, HttpSession session, MediaSource source) {
    if (source instanceof MediaSource.Hls hls) {
      use(before, new Route(session, hls, 0));
      return true;
    }
    return false;
  }

  private static boolean unlessProtected(Throwable error) {
    if (StreamException.failureOf(error) instanceof StreamFailure.DrmProtected protection) {
      throw new StreamException(protection);
    }
    return false;
  }
}
