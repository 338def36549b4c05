package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Aes128Cbc;
import io.github.streamingserver.hls.DecryptionException;
import io.github.streamingserver.hls.InitSection;
import io.github.streamingserver.hls.Key;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * The initialization sections of one playlist, the latest one remembered. Safe for use from any
 * thread.
 */
final class InitSections {
  private record Loaded(InitSection section, CompletableFuture<ByteString> bytes) {}

  private final TextFetcher fetcher;
  private final KeyRing keys;
  private final int maxSize;
  private Optional<Loaded> latest = Optional.empty();

  InitSections(TextFetcher fetcher, KeyRing keys, int maxSize) {
    this.fetcher = fetcher;
    this.keys = keys;
    this.maxSize = maxSize;
  }

  /**
   * The bytes of {@code section}, decrypted. Fails as a fetch does.
   *
   * @param sequence of the segment that it is read for
   */
  synchronized CompletionStage<ByteString> get(
      InitSection section, long sequence, HttpSession session) {
    Optional<Loaded> known =
        latest
            .filter(loaded -> loaded.section().equals(section))
            .filter(loaded -> !loaded.bytes().isCompletedExceptionally());
    if (known.isPresent()) {
      return known.get().bytes();
    }
    Loaded loaded = new Loaded(section, load(section, sequence, session).toCompletableFuture());
    latest = Optional.of(loaded);
    return loaded.bytes();
  }

  private CompletionStage<ByteString> load(
      InitSection section, long sequence, HttpSession session) {
    HttpFetch whole = HttpFetch.bytes(section.uri());
    HttpFetch request =
        section.byteRange().map(range -> whole.range(range.offset(), range.length())).orElse(whole);
    CompletionStage<ByteString> bytes = fetcher.fetchBytes(request, session, maxSize);
    Optional<Key> key = section.keys().stream().filter(Key::isAes128).findFirst();
    Optional<URI> keyUrl = key.flatMap(Key::uri);
    if (keyUrl.isEmpty()) {
      return bytes;
    }
    byte[] iv = key.orElseThrow().iv(sequence);
    return bytes.thenCombine(
        keys.key(keyUrl.get(), session),
        (encrypted, secret) -> decrypt(encrypted, new Aes128Cbc(secret, iv), section.uri()));
  }

  private static ByteString decrypt(ByteString encrypted, Aes128Cbc cipher, URI url) {
    try {
      return ByteString.fromArray(cipher.update(encrypted.toArray()))
          .concat(ByteString.fromArray(cipher.finish()));
    } catch (DecryptionException e) {
      throw HttpFailures.otherContent(
          "an initialization section that can't be decrypted: " + e.getMessage(), url);
    }
  }
}
