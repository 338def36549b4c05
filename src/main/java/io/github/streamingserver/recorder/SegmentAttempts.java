package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.http.HttpFailure;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.http.RetryPolicy.Decision;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.SyncProbe;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.PlaylistFeed.Item;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * Fetches a segment from where it is listed now. A try that breaks off voids what it brought, or is
 * gone on with where the reader can't take anything back. A segment that is not there, that is no
 * longer listed, that can't be gone on with, or that fails while others come, is lost; one that
 * fails together with all others ends the recording, a live one once nothing has come for the whole
 * budget.
 */
final class SegmentAttempts extends Attempts {
  /** After so many loads, one of which may have been on its way, new addresses are there. */
  private static final int LOADS_UNTIL_LISTED = 2;

  private static final CompletionStage<?> READY = CompletableFuture.completedFuture(true);

  private final HlsOrigin origin;
  private final Item.Listed item;
  private final Part part;
  private URI url;
  private boolean listed = true;
  private boolean renewed;
  private int loadsBefore;
  private CompletionStage<?> ready = READY;
  private final BegunSegment begun;
  private boolean other;

  SegmentAttempts(HlsOrigin origin, Item.Listed item, Part part) {
    super(origin.fetching().steady());
    this.origin = origin;
    this.item = item;
    this.part = part;
    this.url = item.segment().uri();
    this.begun = new BegunSegment(item.segment());
  }

  @Override
  CompletionStage<Attempt> attempt() {
    Optional<Segment> now = listing();
    listed = now.isPresent();
    if (origin.resumes() && begun.isWhole()) {
      return CompletableFuture.completedFuture(Attempt.of(() -> end(Optional.empty())));
    }
    CompletionStage<?> awaited = ready;
    ready = READY;
    return awaited.thenCompose(_ -> fetch(current()));
  }

  private Optional<Segment> listing() {
    return origin.listing().find(part.sequence(), item.generation());
  }

  private Segment current() {
    return listing().orElse(item.segment());
  }

  private CompletionStage<Attempt> fetch(Segment segment) {
    url = segment.uri();
    if (!origin.resumes() || !begun.hasBegun()) {
      begun.begin(segment);
    }
    SegmentRequest request = new SegmentRequest(segment, begun.position());
    return origin
        .prelude(segment)
        .thenCompose(
            prelude ->
                origin
                    .fetching()
                    .fetcher()
                    .fetch(request.fetch(), origin.access().route().session())
                    .thenApply(
                        reply ->
                            read(segment, begun.hasBegun() ? List.of() : prelude, request, reply)));
  }

  private Attempt read(
      Segment segment, List<Piece> prelude, SegmentRequest request, HttpReply reply) {
    try {
      check(segment, request, reply);
    } catch (StreamException e) {
      reply.discard(origin.materializer());
      throw e;
    }
    List<Piece> before = new ArrayList<>(prelude);
    if (!begun.hasBegun()) {
      OptionalLong due = request.length(reply);
      begun.expect(due);
      due.ifPresent(bytes -> before.add(new Piece.Length(bytes)));
    }
    Optional<SyncProbe> probe =
        origin.carriesTransportStream() && item.segment().key().isEmpty()
            ? Optional.of(new SyncProbe())
            : Optional.empty();
    return new Attempt(
        before,
        SkippedBytes.after(request.skip(reply), reply.body()),
        bytes -> data(bytes, probe),
        () -> end(probe));
  }

  private void check(Segment segment, SegmentRequest request, HttpReply reply) {
    request.check(reply, origin.fetching().clock().instant());
    other = begun.hasBegun() && !begun.isAlso(segment, request.total(reply));
    if (other) {
      throw HttpFailures.otherContent("something else than what was begun with", reply.url());
    }
  }

  private Piece data(ByteString bytes, Optional<SyncProbe> probe) {
    probe.ifPresent(it -> look(() -> it.see(bytes.asByteBuffer())));
    begun.add(bytes.size());
    reached(begun.position());
    return new Piece.Data(bytes);
  }

  /** A server in trouble may send junk once: what is no transport stream is asked for again. */
  private void look(Runnable probing) {
    try {
      probing.run();
    } catch (TransportStreamException e) {
      throw HttpFailures.noMedia("no transport stream: " + e.getMessage(), url);
    }
  }

  private Piece end(Optional<SyncProbe> probe) {
    if (begun.isShort()) {
      throw HttpFailures.otherContent("less than the length it named", url);
    }
    probe.ifPresent(it -> look(it::finish));
    origin.liveness().success();
    return new Piece.End(part);
  }

  @Override
  Decision decide(StreamException failure, Duration sinceProgress, RetryPolicy.Failures failures) {
    if (!listed || other) {
      return new Decision.GiveUp();
    }
    if (HttpFailure.isRefusal(failure)) {
      return refused(failure, sinceProgress, failures);
    }
    RetryPolicy policy =
        origin.liveness().begun() ? origin.fetching().recording() : origin.fetching().starting();
    return policy.next(failure, sinceProgress, failures);
  }

  /**
   * The address may have expired: the stream is resolved anew, and the segment listed elsewhere.
   */
  private Decision refused(
      StreamException failure, Duration sinceProgress, RetryPolicy.Failures failures) {
    if (!current().uri().equals(url)) {
      return new Decision.Retry(Duration.ZERO);
    }
    if (!renewed) {
      renewed = true;
      ready = origin.renew().whenComplete((_, error) -> renewalTried(error == null));
      return new Decision.Retry(Duration.ZERO);
    }
    return origin.live() && origin.listing().loads() < loadsBefore + LOADS_UNTIL_LISTED
        ? origin.fetching().recording().insist(failure, sinceProgress, failures)
        : new Decision.GiveUp();
  }

  private void renewalTried(boolean done) {
    renewed = done;
    loadsBefore = origin.listing().loads();
  }

  @Override
  Piece again(StreamException failure) {
    return origin.resumes() && begun.hasBegun()
        ? new Piece.Resumed(failure.failure())
        : new Piece.Rollback(failure.failure());
  }

  @Override
  Piece givenUp(StreamException failure, Instant since) {
    if (failure.failure() instanceof StreamFailure.DrmProtected) {
      throw failure;
    }
    boolean missing =
        RetryPolicy.Outlook.of(failure) != RetryPolicy.Outlook.TRANSIENT
            && !HttpFailure.isRefusal(failure);
    boolean running = origin.live() && origin.liveness().begun();
    boolean lost =
        running ? !origin.isDead() : other || missing || origin.liveness().aliveSince(since);
    if (lost) {
      return new Piece.Lost(part, failure.failure());
    }
    throw failure;
  }
}
