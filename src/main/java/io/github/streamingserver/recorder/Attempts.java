package io.github.streamingserver.recorder;

import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.StreamException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Fetches one part, again and again until it is whole or given up. One instance a part; used by one
 * stream.
 *
 * <p>Progress is a byte that no attempt before had: a part that always breaks off at the same place
 * makes none.
 */
abstract class Attempts {
  private final InstantSource clock;
  private RetryPolicy.Failures failures = RetryPolicy.Failures.NONE;
  private Instant lastProgress;
  private Duration pause = Duration.ZERO;
  private long best;

  Attempts(InstantSource clock) {
    this.clock = clock;
    this.lastProgress = clock.instant();
  }

  /**
   * The pieces of the part, from {@link Piece.Begin} to {@link Piece.End} or {@link Piece.Lost}.
   */
  final Source<Piece, NotUsed> pieces(Piece.Part part) {
    return Source.fromGraph(new PartStage(part, this));
  }

  /** Begins one try; done when it is answered. The last piece that it brings is Piece.End. */
  abstract CompletionStage<Attempt> attempt();

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

  /** How long to wait before the next try. */
  final Duration pause() {
    return pause;
  }

  /**
   * What is to be told of a try that failed.
   *
   * @throws StreamException where the recording can't go on without the part
   */
  final Piece failed(Throwable error) {
    StreamException failure =
        error instanceof StreamException known
            ? known
            : new StreamException(StreamException.failureOf(error), error);
    failures = failures.plus(failure);
    Duration sinceProgress = Duration.between(lastProgress, clock.instant());
    return switch (decide(failure, sinceProgress, failures)) {
      case RetryPolicy.Decision.Retry(var wanted) -> {
        pause = wanted;
        yield again(failure);
      }
      case RetryPolicy.Decision.GiveUp _ -> givenUp(failure, lastProgress);
    };
  }
}
