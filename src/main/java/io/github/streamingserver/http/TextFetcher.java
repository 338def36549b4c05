package io.github.streamingserver.http;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * Fetches pages, playlists and other small things into memory, up to a limit. Safe for use from any
 * thread.
 */
public final class TextFetcher {
  private static final int OK = 200;

  private final HttpFetcher fetcher;
  private final Materializer materializer;
  private final InstantSource clock;

  /**
   * @param clock what a Retry-After date is held against
   */
  public TextFetcher(HttpFetcher fetcher, Materializer materializer, InstantSource clock) {
    this.fetcher = fetcher;
    this.materializer = materializer;
    this.clock = clock;
  }

  /**
   * The page, where the server answers 2xx with {@code mostBytes} at most, counted after decoding.
   * Fails with a {@link io.github.streamingserver.model.StreamException} otherwise.
   */
  public CompletionStage<TextPage> fetch(HttpFetch request, HttpSession session, long mostBytes) {
    return fetcher
        .fetch(request, session)
        .thenCompose(
            reply -> read(reply, mostBytes).thenApply(content -> TextPage.of(reply, content)));
  }

  /**
   * The bytes, such as those of a key; a request for a range takes nothing but that range. Fails as
   * {@link #fetch}.
   */
  public CompletionStage<ByteString> fetchBytes(
      HttpFetch request, HttpSession session, long mostBytes) {
    return fetcher
        .fetch(request, session)
        .thenCompose(
            reply -> {
              if (request.headers().containsKey("Range") && reply.status() == OK) {
                reply.discard(materializer);
                throw HttpFailures.otherContent("all of a file instead of a range", reply.url());
              }
              return read(reply, mostBytes);
            });
  }

  private CompletionStage<ByteString> read(HttpReply reply, long mostBytes) {
    if (!reply.successful()) {
      reply.discard(materializer);
      return CompletableFuture.failedFuture(HttpFailures.ofStatus(reply, clock.instant()));
    }
    if (reply.headers().contentLength().orElse(0) > mostBytes) {
      reply.discard(materializer);
      return CompletableFuture.failedFuture(HttpFailures.tooLarge(mostBytes, reply.url()));
    }
    return reply
        .body()
        .limitWeighted(mostBytes, chunk -> (long) chunk.size())
        .mapError(
            StreamLimitReachedException.class, _ -> HttpFailures.tooLarge(mostBytes, reply.url()))
        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer);
  }
}
