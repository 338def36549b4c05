package io.github.streamingserver.resolver;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.hls.Rendition;
import io.github.streamingserver.hls.Variant;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.resolver.StreamProbe.Found;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A playlist → the variant to record, and the recorder for it. Safe for use from any thread. */
final class PlaylistResolver {
  private static final String HLS_TAG = "#EXT-X-";
  private static final Comparator<Rendition> PREFERRED =
      Comparator.comparing((Rendition rendition) -> !rendition.isDefault())
          .thenComparing(rendition -> !rendition.autoselect());

  private final StreamProbe probe;
  private final PlaylistLimits limits;

  PlaylistResolver(StreamProbe probe, HlsSettings settings) {
    this.probe = probe;
    this.limits = HlsLimits.of(settings);
  }

  /** The stream behind a playlist. Fails with a {@link StreamException}. */
  CompletionStage<MediaSource> resolve(
      Found.Playlist found, HttpSession session, Quality quality, boolean av1) {
    return switch (parse(found, Map.of())) {
      case MediaPlaylist media ->
          CompletableFuture.completedStage(
              source(
                  media,
                  new MediaSource.Variant(found.url(), Optional.empty(), ""),
                  List.of(),
                  found.url(),
                  Map.of()));
      case MultivariantPlaylist master -> {
        Variant best = VariantSelection.choose(master.variants(), quality, av1);
        List<Variant> fallbacks = VariantSelection.fallbacks(master.variants(), best, av1);
        yield first(master, session, Stream.concat(Stream.of(best), fallbacks.stream()).toList());
      }
    };
  }

  /**
   * The picture that {@link #resolve} would choose; of unknown height where the playlist has no
   * variants.
   *
   * @throws StreamException where it can't be read or is protected
   */
  Optional<Picture> picture(Found.Playlist found, Quality quality, boolean av1) {
    return parse(found, Map.of()) instanceof MultivariantPlaylist master
        ? Optional.of(
            VariantSelection.picture(VariantSelection.choose(master.variants(), quality, av1)))
        : Optional.empty();
  }

  /**
   * The first of {@code variants} that can be had; the failure of the first where none can. Each is
   * tried twice, so that a hiccup costs no quality.
   */
  private CompletionStage<MediaSource> first(
      MultivariantPlaylist master, HttpSession session, List<Variant> variants) {
    List<Variant> others = variants.subList(1, variants.size());
    return open(master, session, variants.getFirst(), others)
        .exceptionallyCompose(_ -> open(master, session, variants.getFirst(), others))
        .exceptionallyCompose(
            error ->
                others.isEmpty()
                        || StreamException.failureOf(error) instanceof StreamFailure.DrmProtected
                    ? CompletableFuture.failedFuture(error)
                    : first(master, session, others)
                        .exceptionallyCompose(_ -> CompletableFuture.failedFuture(error)));
  }

  private CompletionStage<MediaSource> open(
      MultivariantPlaylist master, HttpSession session, Variant variant, List<Variant> others) {
    return probe
        .probe(variant.uri(), session)
        .thenApply(
            found ->
                source(
                    media(found, variant, master.variables()),
                    source(master, variant, url(found, variant)),
                    others.stream().map(other -> source(master, other, other.uri())).toList(),
                    master.uri(),
                    master.variables()));
  }

  private Playlist parse(Found.Playlist found, Map<String, String> imported) {
    String text = found.content().utf8String();
    if (!text.contains(HLS_TAG)) {
      throw failed(
          found.url(), "a list of channels, not a stream; give the address of one channel");
    }
    try {
      Playlist playlist = PlaylistParser.parse(text, found.url(), imported, limits);
      PlaylistDrm.of(playlist)
          .ifPresent(
              scheme -> {
                throw new StreamException(new StreamFailure.DrmProtected(scheme));
              });
      return playlist;
    } catch (PlaylistException e) {
      throw failed(found.url(), "a playlist that can't be read: " + e.getMessage());
    }
  }

  private MediaPlaylist media(Found found, Variant variant, Map<String, String> imported) {
    if (found instanceof Found.Playlist playlist
        && parse(playlist, imported) instanceof MediaPlaylist media) {
      return media;
    }
    throw failed(variant.uri(), "no media playlist, though a multivariant one names it so");
  }

  private static MediaSource.Variant source(MultivariantPlaylist master, Variant variant, URI url) {
    return new MediaSource.Variant(
        url,
        audio(master, variant),
        VariantSelection.height(variant) + "p",
        subtitles(master, variant));
  }

  /**
   * Where a variant's sound is, where that is a playlist of its own (RFC 8216 §4.3.4.2.1): the
   * default rendition of its group, else one that may be chosen unasked, else the first. A variant
   * of sound alone is its own.
   */
  private static Optional<URI> audio(MultivariantPlaylist master, Variant variant) {
    return variant.groups().audio().stream()
        .flatMap(group -> master.renditions(Rendition.Type.AUDIO, group).stream())
        .min(PREFERRED)
        .flatMap(Rendition::uri)
        .filter(uri -> VariantSelection.hasPicture(variant) && !uri.equals(variant.uri()));
  }

  private static List<MediaSource.Subtitles> subtitles(
      MultivariantPlaylist master, Variant variant) {
    return variant.groups().subtitles().stream()
        .flatMap(group -> master.renditions(Rendition.Type.SUBTITLES, group).stream())
        .sorted(PREFERRED)
        .flatMap(
            rendition ->
                rendition.uri().stream()
                    .map(
                        url ->
                            new MediaSource.Subtitles(
                                url,
                                rendition.language().orElse(""),
                                rendition.name(),
                                rendition.forced())))
        .toList();
  }

  private static URI url(Found found, Variant variant) {
    return found instanceof Found.Playlist playlist ? playlist.url() : variant.uri();
  }

  private static MediaSource source(
      MediaPlaylist media,
      MediaSource.Variant chosen,
      List<MediaSource.Variant> fallbacks,
      URI master,
      Map<String, String> variables) {
    if (media.segments().isEmpty() && media.endList()) {
      throw failed(chosen.url(), "a playlist without segments");
    }
    boolean fragmented = media.segments().stream().anyMatch(s -> s.map().isPresent());
    boolean muxed = fragmented || chosen.audio().isPresent();
    return new MediaSource.Hls(chosen, fallbacks, master, recorder(media, muxed), muxed, variables);
  }

  private static RecorderId recorder(MediaPlaylist media, boolean muxed) {
    if (!media.endList()) {
      return RecorderId.HLS_LIVE;
    }
    return muxed ? RecorderId.HLS_M4S : RecorderId.HLS_BASIC;
  }

  private static StreamException failed(URI url, String what) {
    return new StreamException(new StreamFailure.Failed(Urls.shown(url) + " is " + what));
  }
}
