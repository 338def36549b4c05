package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Key;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.HlsSource.Track;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.stream.Materializer;

/**
 * All that the segments of one playlist have in common while they are fetched. Safe for use from
 * any thread.
 */
final class HlsOrigin {
  private final Fetching fetching;
  private final StreamAccess access;
  private final PlaylistFetcher playlists;
  private final Track track;
  private final Listing listing = new Listing();
  private final KeyRing keys;
  private final InitSections inits;
  private final Liveness liveness;
  private final boolean live;
  private final boolean resumes;
  private final Materializer materializer;
  private volatile boolean outdated;
  private CompletableFuture<?> renewal = CompletableFuture.completedFuture(true);

  /**
   * @param live whether the playlist is loaded again and again by who lists its segments
   * @param resumes whether a segment that breaks off goes on where it did, since its reader can't
   *     take anything back
   */
  HlsOrigin(
      Fetching fetching,
      StreamAccess access,
      PlaylistFetcher playlists,
      Track track,
      KeyRing keys,
      InitSections inits,
      Liveness liveness,
      boolean live,
      boolean resumes,
      Materializer materializer) {
    this.fetching = fetching;
    this.access = access;
    this.playlists = playlists;
    this.track = track;
    this.keys = keys;
    this.inits = inits;
    this.liveness = liveness;
    this.live = live;
    this.resumes = resumes;
    this.materializer = materializer;
  }

  Fetching fetching() {
    return fetching;
  }

  StreamAccess access() {
    return access;
  }

  Listing listing() {
    return listing;
  }

  Liveness liveness() {
    return liveness;
  }

  boolean live() {
    return live;
  }

  boolean resumes() {
    return resumes;
  }

  /** Whether a segment that isn't encrypted must be a transport stream. */
  boolean carriesTransportStream() {
    return !resumes && !(track instanceof Track.Text);
  }

  Materializer materializer() {
    return materializer;
  }

  /** Whether nothing has come for as long as a recording waits at most. */
  boolean isDead() {
    Instant limit = fetching.steady().instant().minus(fetching.recording().budget());
    return !liveness.aliveSince(limit);
  }

  /**
   * What must be known before a segment's bytes: its initialization section and its key. Fails as a
   * fetch does.
   */
  CompletionStage<List<Piece>> prelude(Segment segment) {
    return init(segment)
        .thenCompose(
            init ->
                encryption(segment)
                    .thenApply(key -> Stream.concat(init.stream(), key.stream()).toList()));
  }

  private CompletionStage<Optional<Piece>> init(Segment segment) {
    return segment
        .map()
        .map(
            section ->
                inits
                    .get(section, segment.sequence(), access.route().session())
                    .thenApply(bytes -> Optional.<Piece>of(new Piece.Init(bytes))))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletionStage<Optional<Piece>> encryption(Segment segment) {
    Optional<Key> key = segment.key();
    if (key.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<URI> url = key.get().uri();
    if (!key.get().isAes128() || url.isEmpty()) {
      String problem = "it is encrypted in a way that is not known: METHOD=" + key.get().method();
      return CompletableFuture.failedFuture(new StreamException(new StreamFailure.Failed(problem)));
    }
    byte[] iv = key.get().iv(segment.sequence());
    return keys.key(url.get(), access.route().session())
        .thenApply(bytes -> Optional.of(new Piece.Encrypted(new Aes128Key(bytes, iv))));
  }

  /**
   * Resolves the stream anew. Done when that is tried, and when the listing of a finished playlist
   * holds the new addresses, and failed where that can't be had now; a live one is loaded again
   * soon anyway.
   */
  synchronized CompletionStage<?> renew() {
    if (renewal.isDone()) {
      renewal =
          access
              .renew()
              .thenCompose(renewed -> !live && (renewed || outdated) ? relist() : done())
              .toCompletableFuture();
    }
    return renewal;
  }

  private CompletionStage<Boolean> relist() {
    outdated = true;
    StreamAccess.Route route = access.route();
    return playlists
        .load(track.of(route.variant()), route.session(), route.source().variables())
        .thenApply(
            playlist -> {
              listing.loaded(playlist);
              outdated = false;
              return true;
            });
  }

  private static CompletionStage<Boolean> done() {
    return CompletableFuture.completedFuture(true);
  }
}
