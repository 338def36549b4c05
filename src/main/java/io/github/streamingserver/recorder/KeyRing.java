package io.github.streamingserver.recorder;

import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * The AES-128 keys of one recording, each fetched once (RFC 8216 §5). A key that can't be had is
 * asked for anew the next time. Safe for use from any thread.
 */
final class KeyRing {
  private static final int LENGTH = 16;

  /** An error page must not be more than a nuisance. */
  private static final int MOST_BYTES = 64 * 1024;

  private final TextFetcher fetcher;
  private final Map<URI, CompletableFuture<byte[]>> keys;

  /**
   * @param most keys that are remembered, the latest used ones
   */
  KeyRing(TextFetcher fetcher, int most) {
    this.fetcher = fetcher;
    this.keys =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<URI, CompletableFuture<byte[]>> eldest) {
            return size() > most;
          }
        };
  }

  /** The 16 bytes behind {@code url}. Fails as a fetch does, and where those are no key. */
  synchronized CompletionStage<byte[]> key(URI url, HttpSession session) {
    CompletableFuture<byte[]> known = keys.get(url);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<byte[]> asked =
        fetcher
            .fetchBytes(HttpFetch.bytes(url), session, MOST_BYTES)
            .thenApply(content -> requireKey(content, url))
            .toCompletableFuture();
    keys.put(url, asked);
    return asked;
  }

  private static byte[] requireKey(ByteString content, URI url) {
    if (content.size() != LENGTH) {
      throw HttpFailures.otherContent(content.size() + " bytes instead of a key of " + LENGTH, url);
    }
    return content.toArray();
  }
}
