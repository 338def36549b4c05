package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * Looks at what an address holds, in one request: the first bytes of a file, a playlist whole. Safe
 * for use from any thread.
 */
final class StreamProbe {
  /** What was found. */
  sealed interface Found {
    /** One file of media. */
    record File(String extension) implements Found {}

    /**
     * A playlist.
     *
     * @param url where it came from, after redirects
     */
    record Playlist(URI url, ByteString content) implements Found {}
  }

  private final HttpFetcher fetcher;
  private final Materializer materializer;
  private final InstantSource clock;
  private final int maxPlaylistSize;

  StreamProbe(
      HttpFetcher fetcher, Materializer materializer, InstantSource clock, int maxPlaylistSize) {
    this.fetcher = fetcher;
    this.materializer = materializer;
    this.clock = clock;
    this.maxPlaylistSize = maxPlaylistSize;
  }

  /**
   * What {@code url} holds. Fails with a {@link StreamException} where that is no media, or can't
   * be had.
   */
  CompletionStage<Found> probe(URI url, HttpSession session) {
    return fetcher.fetch(HttpFetch.text(url), session).thenCompose(this::read);
  }

  private CompletionStage<Found> read(HttpReply reply) {
    if (!reply.successful()) {
      reply.discard(materializer);
      return CompletableFuture.failedFuture(HttpFailures.ofStatus(reply, clock.instant()));
    }
    return reply
        .body()
        .scan(ByteString.emptyByteString(), ByteString::concat)
        .takeWhile(content -> wantsMore(content, reply), true)
        .runWith(Sink.last(), materializer)
        .thenApply(content -> found(content, reply));
  }

  private boolean wantsMore(ByteString content, HttpReply reply) {
    return content.size() < MediaKind.PREFIX
        || (content.size() <= maxPlaylistSize
            && kind(content, reply) instanceof MediaKind.Playlist);
  }

  private Found found(ByteString content, HttpReply reply) {
    return switch (kind(content, reply)) {
      case MediaKind.File(var extension) -> new Found.File(extension);
      case MediaKind.Playlist _ when content.size() > maxPlaylistSize ->
          throw failed(reply, "a playlist of more than hls.max-playlist-size");
      case MediaKind.Playlist _ -> new Found.Playlist(reply.url(), content);
      case MediaKind.Dash _ ->
          throw failed(reply, "a DASH manifest; only HLS and files are recorded");
      case MediaKind.NoMedia(var what) -> throw failed(reply, what);
    };
  }

  private static MediaKind kind(ByteString content, HttpReply reply) {
    String path = reply.url().getPath() == null ? "" : reply.url().getPath();
    return MediaKind.of(
        content.take(MediaKind.PREFIX).toArray(), reply.headers().contentType(), path);
  }

  private static StreamException failed(HttpReply reply, String what) {
    return new StreamException(new StreamFailure.Failed(Urls.shown(reply.url()) + " is " + what));
  }
}
