package io.github.streamingserver.recorder;

import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.StreamException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Fetches one part, again and again until it is whole or given up. The attempts follow each other
 * in one flat stream, however many they are. One instance a part; used by one stream.
 *
 * <p>Sources are joined by {@code concatLazy} throughout: plain {@code concat} holds an element
 * back, and loses it when what follows fails.
 *
 * <p>Progress is a byte that no attempt before had: a part that always breaks off at the same place
 * makes none.
 */
abstract class Attempts {
  private final InstantSource clock;
  private RetryPolicy.Failures failures = RetryPolicy.Failures.NONE;
  private Instant lastProgress;
  private Duration delay = Duration.ZERO;
  private long best;

  Attempts(InstantSource clock) {
    this.clock = clock;
    this.lastProgress = clock.instant();
  }

  /**
   * The pieces of the part, from {@link Piece.Begin} to {@link Piece.End} or {@link Piece.Lost}.
   */
  final Source<Piece, NotUsed> pieces(Piece.Part part) {
    Source<Piece, NotUsed> attempts =
        Source.repeat(NotUsed.getInstance())
            .flatMapConcat(_ -> delayed())
            .takeWhile(piece -> !(piece instanceof Piece.End || piece instanceof Piece.Lost), true);
    return Source.<Piece>single(new Piece.Begin(part)).concatLazy(attempts);
  }

  /** One try: its pieces, the last one {@link Piece.End}. */
  abstract Source<Piece, NotUsed> attempt();

  /**
   * Whether to try again.
   *
   * @param sinceProgress how long ago the last byte was of use
   */
  abstract RetryPolicy.Decision decide(
      StreamException failure, Duration sinceProgress, RetryPolicy.Failures failures);

  /** What tells the file of a failure that is tried again. */
  abstract Piece again(StreamException failure);

  /**
   * What becomes of the part when it is given up.
   *
   * @param since when the last progress was
   * @throws StreamException where the recording can't go on without it
   */
  abstract Piece givenUp(StreamException failure, Instant since);

  /** Bytes of this part, from its beginning, are there. */
  final void reached(long position) {
    if (position > best) {
      best = position;
      lastProgress = clock.instant();
      failures = RetryPolicy.Failures.NONE;
    }
  }

  private Source<Piece, NotUsed> delayed() {
    Source<Piece, NotUsed> attempt =
        delay.isZero()
            ? Source.lazySource(this::attempt).mapMaterializedValue(_ -> NotUsed.getInstance())
            : Source.single(NotUsed.getInstance())
                .initialDelay(delay)
                .flatMapConcat(_ -> attempt());
    return attempt.recover(new PFBuilder<Throwable, Piece>().matchAny(this::failed).build());
  }

  private Piece failed(Throwable error) {
    StreamException failure =
        error instanceof StreamException known
            ? known
            : new StreamException(StreamException.failureOf(error), error);
    failures = failures.plus(failure);
    Duration sinceProgress = Duration.between(lastProgress, clock.instant());
    return switch (decide(failure, sinceProgress, failures)) {
      case RetryPolicy.Decision.Retry(var pause) -> {
        delay = pause;
        yield again(failure);
      }
      case RetryPolicy.Decision.GiveUp _ -> givenUp(failure, lastProgress);
    };
  }
}
