package io.github.streamingserver.recorder;

import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Fetches a segment. A try that breaks off voids what it brought. A segment that is not there, or
 * that fails while others come, is lost; one that fails together with all others ends the
 * recording.
 */
final class SegmentAttempts extends Attempts {
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final Fetching fetching;
  private final Part part;
  private final HttpFetch request;
  private final Liveness liveness;
  private final Materializer materializer;

  SegmentAttempts(
      Fetching fetching,
      Part part,
      HttpFetch request,
      Liveness liveness,
      Materializer materializer) {
    super(fetching.clock());
    this.fetching = fetching;
    this.part = part;
    this.request = request;
    this.liveness = liveness;
    this.materializer = materializer;
  }

  @Override
  Source<Piece, NotUsed> attempt() {
    return Source.completionStageSource(
            fetching.fetcher().fetch(request, fetching.session()).thenApply(this::read))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Piece, NotUsed> read(HttpReply reply) {
    boolean ranged = request.headers().containsKey("Range");
    if (reply.status() != (ranged ? PARTIAL : OK)) {
      reply.discard(materializer);
      throw ranged && reply.status() == OK
          ? new StreamException(new StreamFailure.Failed("The server ignores byte ranges"))
          : HttpFailures.ofStatus(reply, fetching.clock().instant());
    }
    if (reply.headers().contentType().equals("text/html")) {
      reply.discard(materializer);
      throw HttpFailures.otherContent("a web page", reply.url());
    }
    Source<Piece, NotUsed> data =
        reply
            .body()
            .statefulMap(
                () -> 0L,
                (position, bytes) -> {
                  reached(position + bytes.size());
                  return Pair.create(position + bytes.size(), (Piece) new Piece.Data(bytes));
                },
                _ -> Optional.empty());
    return Source.from(lengthOf(reply)).concatLazy(data).concatLazy(end());
  }

  private static List<Piece> lengthOf(HttpReply reply) {
    OptionalLong length = reply.headers().contentLength();
    return length.isPresent() ? List.of(new Piece.Length(length.getAsLong())) : List.of();
  }

  private Source<Piece, NotUsed> end() {
    return Source.lazySingle(
            () -> {
              liveness.success();
              return (Piece) new Piece.End(part);
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  @Override
  RetryPolicy policy() {
    return liveness.begun() ? fetching.recording() : fetching.starting();
  }

  @Override
  Piece again(StreamException failure) {
    return new Piece.Rollback(failure.failure());
  }

  @Override
  Piece givenUp(StreamException failure, Instant since) {
    boolean refused = failure.failure() instanceof StreamFailure.Forbidden;
    boolean missing = RetryPolicy.Outlook.of(failure) != RetryPolicy.Outlook.TRANSIENT && !refused;
    if (missing || liveness.aliveSince(since)) {
      return new Piece.Lost(part, failure.failure());
    }
    throw failure;
  }
}
