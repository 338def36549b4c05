package io.github.streamingserver.recorder;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.hls.StartPosition;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import java.net.URI;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** The segments of an HLS stream as they are listed → fetched ahead, in order. */
final class HlsSource {
  /** Which of a variant's playlists. */
  enum Track {
    MAIN,
    SOUND;

    /** Its address; the main one where a variant has no separate sound. */
    URI of(MediaSource.Variant variant) {
      return this == MAIN ? variant.url() : variant.audio().orElse(variant.url());
    }
  }

  private final Track track;
  private final MediaSource.Hls source;
  private final StreamAccess access;
  private final Fetching fetching;
  private final RecordingRequest request;
  private final HlsSettings settings;
  private final RecordingSettings recording;

  HlsSource(
      Track track,
      MediaSource.Hls source,
      StreamAccess access,
      Fetching fetching,
      RecordingRequest request,
      HlsSettings settings,
      RecordingSettings recording) {
    this.track = track;
    this.source = source;
    this.access = access;
    this.fetching = fetching;
    this.request = request;
    this.settings = settings;
    this.recording = recording;
  }

  /** The pieces, encrypted as they came; to be run once. */
  Source<Piece, NotUsed> pieces() {
    return Source.fromMaterializer((materializer, _) -> pieces(materializer))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Piece, NotUsed> pieces(Materializer materializer) {
    TextFetcher pages = new TextFetcher(fetching.fetcher(), materializer, fetching.clock());
    PlaylistFetcher playlists = new PlaylistFetcher(pages, settings);
    KeyRing keys = new KeyRing(pages, settings.keys());
    HlsOrigin origin =
        new HlsOrigin(
            fetching,
            access,
            playlists,
            track,
            keys,
            new InitSections(pages, keys, settings.maxInitSize()),
            new Liveness(fetching.clock()),
            isLive(),
            source.muxed(),
            materializer);
    SegmentFetcher fetcher = new SegmentFetcher(origin, settings.filler(), !request.showAds());
    return new PlaylistFeed(
            track,
            access,
            playlists,
            origin.listing(),
            rules(),
            start(),
            fetching.clock(),
            settings.backlog())
        .items(materializer.system())
        .map(fetcher::pieces)
        .via(new PrefetchStage(lookAhead(), recording.lookAheadSegments()));
  }

  /** Bytes in memory are those of both tracks where there are two. */
  private long lookAhead() {
    return source.chosen().audio().isPresent() ? recording.lookAhead() / 2 : recording.lookAhead();
  }

  private boolean isLive() {
    return source.recorder() == RecorderId.HLS_LIVE;
  }

  private StartPosition start() {
    return new StartPosition(request.fromStart(), settings.startBehind(), request.buffering());
  }

  private ReloadRules rules() {
    return new ReloadRules(
        isLive(),
        fetching.starting(),
        fetching.recording(),
        settings.endGrace(),
        settings.renewEvery(),
        settings.variantPatience(),
        request.until().isPresent() || request.duration().isPresent());
  }
}
