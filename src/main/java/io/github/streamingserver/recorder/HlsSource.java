package io.github.streamingserver.recorder;

import io.github.streamingserver.config.HlsSettings;
import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.hls.LiveWindow;
import io.github.streamingserver.hls.ResumePoint;
import io.github.streamingserver.hls.StartPosition;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** The segments of an HLS stream as they are listed → fetched ahead, in order. */
final class HlsSource {
  /** Which of a variant's playlists. */
  sealed interface Track {
    Track MAIN = new Picture();
    Track SOUND = new Sound();

    /** Its address; the main one where a variant has no separate sound. */
    URI of(MediaSource.Variant variant);

    /** The variant's own. */
    record Picture() implements Track {
      @Override
      public URI of(MediaSource.Variant variant) {
        return variant.url();
      }
    }

    /** Sound in a playlist of its own. */
    record Sound() implements Track {
      @Override
      public URI of(MediaSource.Variant variant) {
        return variant.audio().orElse(variant.url());
      }
    }

    /** Subtitles; where they were first if a variant no longer names them. */
    record Text(MediaSource.Subtitles subtitles) implements Track {
      @Override
      public URI of(MediaSource.Variant variant) {
        return variant.subtitles().stream()
            .filter(other -> other.language().equals(subtitles.language()))
            .filter(other -> other.name().equals(subtitles.name()))
            .filter(other -> other.forced() == subtitles.forced())
            .findFirst()
            .orElse(subtitles)
            .url();
      }
    }
  }

  /** Bytes of subtitles that are fetched ahead: some minutes of text. */
  private static final long TEXT_AHEAD = 256 << 10;

  private final Track track;
  private final MediaSource.Hls source;
  private final StreamAccess access;
  private final Fetching fetching;
  private final RecordingTask task;
  private final HlsSettings settings;
  private final RecordingSettings recording;

  HlsSource(
      Track track,
      MediaSource.Hls source,
      StreamAccess access,
      Fetching fetching,
      RecordingTask task,
      HlsSettings settings,
      RecordingSettings recording) {
    this.track = track;
    this.source = source;
    this.access = access;
    this.fetching = fetching;
    this.task = task;
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
            new Liveness(fetching.steady()),
            isLive(),
            source.muxed(),
            materializer);
    SegmentFetcher fetcher =
        new SegmentFetcher(origin, settings.filler(), !task.request().showAds());
    return new PlaylistFeed(
            track,
            access,
            playlists,
            origin.listing(),
            rules(),
            entrance(),
            fetching.steady(),
            settings.backlog())
        .items(materializer.system())
        .map(fetcher::pieces)
        .via(new PrefetchStage(lookAhead(), recording.lookAheadSegments(), fetching.steady()));
  }

  /** Bytes in memory are those of both tracks where there are two. */
  private long lookAhead() {
    if (track instanceof Track.Text) {
      return TEXT_AHEAD;
    }
    return source.chosen().audio().isPresent() ? recording.lookAhead() / 2 : recording.lookAhead();
  }

  private boolean isLive() {
    return source.recorder() == RecorderId.HLS_LIVE;
  }

  /** Behind what an earlier run has taken; sound and text go on with the picture. */
  private PlaylistProgress.Entrance entrance() {
    Optional<JournalEntry> before = task.followed();
    if (before.isPresent()) {
      JournalEntry entry = before.get();
      ResumePoint point = entry.point().orElseThrow();
      boolean channel = entry.isChannel();
      boolean same =
          track instanceof Track.Picture
              && entry.file().quality().equals(source.chosen().quality());
      return playlist ->
          point.resume(
              playlist, channel, same, Duration.between(entry.saved(), fetching.clock().instant()));
    }
    RecordingRequest request = task.request();
    StartPosition start =
        new StartPosition(request.fromStart(), settings.startBehind(), request.buffering());
    return playlist -> LiveWindow.begin(playlist, start.index(playlist, isLive()));
  }

  private ReloadRules rules() {
    return new ReloadRules(
        isLive(),
        fetching.starting(),
        fetching.recording(),
        settings.endGrace(),
        settings.renewEvery(),
        settings.variantPatience(),
        task.request().until().isPresent() || task.request().duration().isPresent());
  }
}
