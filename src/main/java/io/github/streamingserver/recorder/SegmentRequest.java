package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.ByteRange;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpReply;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks for what is still to come of a segment, and checks that this is what the reply has (RFC 9110
 * §14, §15.3.7). One try.
 */
final class SegmentRequest {
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final URI url;
  private final Optional<ByteRange> of;
  private final long position;

  /**
   * @param position bytes of the segment that are here already
   */
  SegmentRequest(Segment segment, long position) {
    this.url = segment.uri();
    this.of = segment.byteRange();
    this.position = position;
  }

  HttpFetch fetch() {
    HttpFetch whole = HttpFetch.bytes(url);
    return of.map(range -> whole.range(first(), range.length() - position))
        .orElseGet(() -> isRange() ? whole.from(position) : whole);
  }

  /** The first byte that is asked for, of the whole file. */
  private long first() {
    return of.map(ByteRange::offset).orElse(0L) + position;
  }

  private boolean isRange() {
    return of.isPresent() || position > 0;
  }

  /**
   * Whether the reply's body begins with what was asked for, after {@link #skip}.
   *
   * @param now for how long the server wants to be left alone
   * @throws io.github.streamingserver.model.StreamException where it does not; the body is for the
   *     caller to discard
   */
  void check(HttpReply reply, Instant now) {
    boolean partial = reply.status() == PARTIAL;
    if (of.isPresent() && reply.status() == OK) {
      throw HttpFailures.otherContent("all of a file instead of a range", reply.url());
    }
    if (reply.status() != OK && !(isRange() && partial)) {
      throw HttpFailures.ofStatus(reply, now);
    }
    if (reply.headers().contentType().equals("text/html")) {
      throw HttpFailures.otherContent("a web page", reply.url());
    }
    if (partial && ContentRange.of(reply.headers()).first() != first()) {
      throw HttpFailures.otherContent("another range than asked for", reply.url());
    }
  }

  /** Bytes at the reply's beginning that are here already: it has all, though not asked for. */
  long skip(HttpReply reply) {
    return reply.status() == OK ? position : 0;
  }

  /** Bytes of the whole segment, as a reply to the first request for it tells. */
  OptionalLong length(HttpReply reply) {
    return of.map(range -> OptionalLong.of(range.length()))
        .orElseGet(reply.headers()::contentLength);
  }

  /** Bytes of the whole file, where that is the segment and the reply tells. */
  OptionalLong total(HttpReply reply) {
    if (of.isPresent()) {
      return OptionalLong.empty();
    }
    return reply.status() == PARTIAL
        ? ContentRange.of(reply.headers()).total()
        : reply.headers().contentLength();
  }
}
