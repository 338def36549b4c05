package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.resolver.StreamProbe.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks into the streams of which neither page nor address tells the height, where there is a
 * choice: a multivariant playlist may hold every height. Thread-safe.
 */
final class CandidateLooks {
  /** More are not looked into: pages that name more than these repeat themselves. */
  private static final int MOST = 8;

  /**
   * A candidate.
   *
   * @param found what is there, where it was looked at
   */
  record Looked(StreamCandidate candidate, Picture picture, Optional<Found> found) {}

  private final StreamOpener opener;

  CandidateLooks(StreamOpener opener) {
    this.opener = opener;
  }

  /** All of {@code candidates} in their order. One that can't be looked into stays unknown. */
  CompletionStage<List<Looked>> into(
      List<StreamCandidate> candidates, HttpSession session, Quality quality, boolean av1) {
    List<StreamCandidate> hinted = candidates.stream().map(UrlHints::applied).toList();
    boolean choice = hinted.stream().filter(candidate -> !candidate.fallback()).count() > 1;
    List<CompletableFuture<Looked>> looks = new ArrayList<>();
    int looked = 0;
    for (StreamCandidate candidate : hinted) {
      boolean wanted = choice && candidate.height().isEmpty() && !candidate.fallback();
      looks.add(
          wanted && looked++ < MOST
              ? look(candidate, session, quality, av1).toCompletableFuture()
              : CompletableFuture.completedFuture(unseen(candidate)));
    }
    return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
        .thenApply(_ -> looks.stream().map(CompletableFuture::join).toList());
  }

  private CompletionStage<Looked> look(
      StreamCandidate candidate, HttpSession session, Quality quality, boolean av1) {
    return opener
        .look(candidate.url(), session)
        .thenApply(
            found ->
                new Looked(
                    candidate,
                    opener
                        .picture(found, quality, av1)
                        .map(inside -> merged(candidate, inside))
                        .orElseGet(() -> unseen(candidate).picture()),
                    Optional.of(found)))
        .exceptionally(_ -> unseen(candidate));
  }

  /** What the page says of the codec counts where the playlist says nothing. */
  private static Picture merged(StreamCandidate candidate, Picture inside) {
    return inside.codec() == StreamCandidate.Codec.UNKNOWN
        ? new Picture(inside.lines(), candidate.codec(), inside.bandwidth(), candidate.fallback())
        : inside;
  }

  private static Looked unseen(StreamCandidate candidate) {
    return new Looked(
        candidate,
        new Picture(candidate.height(), candidate.codec(), 0, candidate.fallback()),
        Optional.empty());
  }

  /** What to record of a candidate. Fails with a {@link StreamException}. */
  CompletionStage<MediaSource> open(
      Looked looked, HttpSession session, Quality quality, boolean av1) {
    StreamCandidate candidate = looked.candidate();
    CompletionStage<MediaSource> opened =
        looked.found().isPresent()
            ? opener.open(candidate.url(), looked.found().get(), session, quality, av1)
            : opener.open(candidate.url(), session, quality, av1);
    return opened.thenApply(source -> named(source, candidate.height()));
  }

  private static MediaSource named(MediaSource source, OptionalInt height) {
    if (height.isEmpty() || !source.quality().isEmpty()) {
      return source;
    }
    String quality = height.getAsInt() + "p";
    return switch (source) {
      case MediaSource.Progressive(var url, var extension, _) ->
          new MediaSource.Progressive(url, extension, quality);
      case MediaSource.Hls hls ->
          new MediaSource.Hls(
              new MediaSource.Variant(
                  hls.url(), hls.chosen().audio(), quality, hls.chosen().subtitles()),
              hls.fallbacks(),
              hls.master(),
              hls.recorder(),
              hls.muxed(),
              hls.variables());
    };
  }
}
