package io.github.streamingserver.http;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
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

  /** Reads content as it comes. */
  @FunctionalInterface
  public interface BodyReader<T> {
    /**
     * @param url where it came from, after redirects
     * @param body fails, with the cause inside, where the content breaks off
     */
    T read(URI url, InputStream body) throws IOException;
  }

  /**
   * What {@code reader} makes of content that is too long for memory. Fails as {@link #fetch}.
   *
   * @param longest how long all of it may take
   * @param executor what the reader blocks
   */
  public <T> CompletionStage<T> stream(
      HttpFetch request,
      HttpSession session,
      long mostBytes,
      Duration longest,
      BodyReader<T> reader,
      Executor executor) {
    return fetcher
        .fetch(request, session)
        .thenCompose(
            reply ->
                bounded(reply, mostBytes)
                    .map(body -> read(reply.url(), body, longest, reader, executor))
                    .orElseThrow(() -> refused(reply, mostBytes)));
  }

  private <T> CompletionStage<T> read(
      URI url,
      Source<ByteString, NotUsed> body,
      Duration longest,
      BodyReader<T> reader,
      Executor executor) {
    InputStream in =
        body.completionTimeout(longest)
            .mapError(
                TimeoutException.class,
                _ ->
                    new StreamException(
                        new StreamFailure.TimedOut(
                            Urls.shown(url) + " was not read whole within " + longest)))
            .runWith(StreamConverters.asInputStream(longest), materializer);
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return reader.read(url, in);
          } catch (IOException e) {
            throw HttpFailures.unreadable(e, url);
          }
        },
        executor);
  }

  private CompletionStage<ByteString> read(HttpReply reply, long mostBytes) {
    return bounded(reply, mostBytes)
        .orElseThrow(() -> refused(reply, mostBytes))
        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer);
  }

  /** The body of a reply that may be read; empty where it is discarded. */
  private Optional<Source<ByteString, NotUsed>> bounded(HttpReply reply, long mostBytes) {
    if (!reply.successful() || reply.headers().contentLength().orElse(0) > mostBytes) {
      reply.discard(materializer);
      return Optional.empty();
    }
    return Optional.of(
        reply
            .body()
            .limitWeighted(mostBytes, chunk -> (long) chunk.size())
            .mapError(
                StreamLimitReachedException.class,
                _ -> HttpFailures.tooLarge(mostBytes, reply.url())));
  }

  private StreamException refused(HttpReply reply, long mostBytes) {
    return reply.successful()
        ? HttpFailures.tooLarge(mostBytes, reply.url())
        : HttpFailures.ofStatus(reply, clock.instant());
  }
}
