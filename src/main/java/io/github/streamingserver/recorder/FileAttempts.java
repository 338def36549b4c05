package io.github.streamingserver.recorder;

import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/**
 * Fetches a single file. A try that breaks off is resumed by a range request with If-Range (RFC
 * 9110 §13.1.5, §14); a server that knows no ranges sends all again, and what is there is skipped;
 * only where the content has changed the file begins again.
 */
final class FileAttempts extends Attempts {
  private static final StreamFailure CHANGED =
      new StreamFailure.Failed("the file has changed on the server");

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final Fetching fetching;
  private final Part part;
  private final Materializer materializer;
  private FileVersion version;
  private long position;

  /** A part of another file came: what is on disk is void. */
  private boolean anew;

  /**
   * @param position bytes that an earlier run of the recording has left
   * @param version of the file that they are of
   */
  FileAttempts(
      Fetching fetching, Part part, long position, FileVersion version, Materializer materializer) {
    super(fetching.steady());
    this.position = position;
    this.version = version;
    reached(position);
    this.fetching = fetching;
    this.part = part;
    this.materializer = materializer;
  }

  @Override
  CompletionStage<Attempt> attempt() {
    HttpFetch request = HttpFetch.bytes(part.url());
    if (position > 0) {
      request = request.from(position);
      Optional<String> validator = version.validator();
      if (validator.isPresent()) {
        request = request.with("If-Range", validator.get());
      }
    }
    return fetching.fetcher().fetch(request, fetching.session()).thenApply(this::read);
  }

  private Attempt read(HttpReply reply) {
    if (reply.headers().contentType().equals("text/html") && reply.successful()) {
      reply.discard(materializer);
      throw HttpFailures.otherContent("a web page", reply.url());
    }
    return switch (reply.status()) {
      case OK -> whole(reply);
      case PARTIAL -> rest(reply);
      case NOT_SATISFIABLE -> none(reply);
      default -> {
        reply.discard(materializer);
        throw HttpFailures.ofStatus(reply, fetching.clock().instant());
      }
    };
  }

  private Attempt whole(HttpReply reply) {
    FileVersion now = FileVersion.of(reply.headers(), reply.headers().contentLength());
    boolean same = !anew && version.mayBe(now);
    anew = false;
    List<Piece> first = new ArrayList<>();
    if (!same) {
      position = 0;
      first.add(new Piece.Rollback(CHANGED));
    }
    version = now;
    first.add(new Piece.Version(now));
    return follow(reply, first, now.length(), position);
  }

  private Attempt rest(HttpReply reply) {
    ContentRange range = ContentRange.of(reply.headers());
    if (range.first() != position) {
      reply.discard(materializer);
      throw HttpFailures.otherContent("another range than asked for", reply.url());
    }
    if (!version.mayBe(FileVersion.of(reply.headers(), range.total()))) {
      reply.discard(materializer);
      position = 0;
      anew = true;
      throw HttpFailures.otherContent("a part of another file", reply.url());
    }
    return follow(reply, List.of(), range.total(), 0);
  }

  /** Nothing lies beyond what is there: the file is whole, or has become shorter. */
  private Attempt none(HttpReply reply) {
    reply.discard(materializer);
    OptionalLong length = version.length();
    if (position > 0 && (length.isEmpty() || length.getAsLong() == position)) {
      return Attempt.of(() -> new Piece.End(part));
    }
    throw HttpFailures.ofStatus(reply, fetching.clock().instant());
  }

  /**
   * @param total length of the whole file, where known
   * @param skip bytes that are on disk already
   */
  private Attempt follow(HttpReply reply, List<Piece> first, OptionalLong total, long skip) {
    List<Piece> before = new ArrayList<>(first);
    total.ifPresent(bytes -> before.add(new Piece.Length(bytes)));
    return new Attempt(
        before, SkippedBytes.after(skip, reply.body()), this::data, () -> end(total, reply));
  }

  private Piece data(ByteString bytes) {
    position += bytes.size();
    reached(position);
    return new Piece.Data(bytes);
  }

  private Piece end(OptionalLong total, HttpReply reply) {
    if (total.isPresent() && position < total.getAsLong()) {
      throw HttpFailures.otherContent("less than the length it named", reply.url());
    }
    return new Piece.End(part);
  }

  @Override
  RetryPolicy.Decision decide(
      StreamException failure, Duration sinceProgress, RetryPolicy.Failures failures) {
    RetryPolicy policy = position == 0 ? fetching.starting() : fetching.recording();
    return policy.next(failure, sinceProgress, failures);
  }

  @Override
  Piece again(StreamException failure) {
    return new Piece.Resumed(failure.failure());
  }

  @Override
  Piece givenUp(StreamException failure, Instant since) {
    throw failure;
  }
}
