package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** A finished media playlist of MPEG-TS segments: all of them, in order, into one file. */
final class HlsVodPipeline implements Pipeline {
  private static final String EXTENSION = "ts";

  private final MediaSource.Hls source;
  private final Fetching fetching;
  private final PlaylistFetcher playlists;
  private final RecordingSettings settings;
  private final int buffering;

  HlsVodPipeline(
      MediaSource.Hls source,
      Fetching fetching,
      PlaylistFetcher playlists,
      RecordingSettings settings,
      int buffering) {
    this.source = source;
    this.fetching = fetching;
    this.playlists = playlists;
    this.settings = settings;
    this.buffering = buffering;
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    return Source.fromMaterializer((materializer, _) -> pieces(materializer))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Piece, NotUsed> pieces(Materializer materializer) {
    Liveness liveness = new Liveness(fetching.clock());
    return Source.completionStage(playlists.fetch(source, fetching, materializer))
        .mapConcat(HlsVodPipeline::segments)
        .map(segment -> pieces(segment, liveness, materializer))
        .via(new PrefetchStage(settings.lookAhead(), settings.lookAheadSegments()));
  }

  @Override
  public Flow<Piece, Piece, NotUsed> rewriting() {
    return Flow.<Piece>create()
        .statefulMap(
            TransportStreamJoiner::new,
            (joiner, piece) -> Pair.create(joiner, joiner.see(piece)),
            _ -> Optional.empty())
        .mapConcat(pieces -> pieces);
  }

  private static List<Segment> segments(MediaPlaylist playlist) {
    if (playlist.segments().stream().anyMatch(segment -> !segment.keys().isEmpty())) {
      throw new StreamException(
          new StreamFailure.Failed("Encrypted HLS (AES-128) is not recorded by this version"));
    }
    return playlist.segments();
  }

  private Source<Piece, NotUsed> pieces(
      Segment segment, Liveness liveness, Materializer materializer) {
    Part part =
        new Part(
            segment.uri(),
            segment.sequence(),
            segment.duration().toMillis() / 1000.0,
            segment.discontinuity(),
            false);
    if (segment.gap()) {
      StreamFailure cause = new StreamFailure.Failed("the playlist says that it is missing");
      return Source.from(List.of(new Piece.Begin(part), new Piece.Lost(part, cause)));
    }
    HttpFetch whole = HttpFetch.bytes(segment.uri());
    HttpFetch request =
        segment.byteRange().map(range -> whole.range(range.offset(), range.length())).orElse(whole);
    return new SegmentAttempts(fetching, part, request, liveness, materializer).pieces(part);
  }

  @Override
  public String extension() {
    return EXTENSION;
  }

  @Override
  public int partsBeforePlayback() {
    return buffering;
  }
}
