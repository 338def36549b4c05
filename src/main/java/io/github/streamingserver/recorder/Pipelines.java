package io.github.streamingserver.recorder;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.time.InstantSource;

/** The pipeline for each kind of stream. */
public final class Pipelines implements Pipeline.Factory {
  private final HttpFetcher fetcher;
  private final ServerSettings settings;
  private final InstantSource clock;
  private final PlaylistFetcher playlists;

  public Pipelines(HttpFetcher fetcher, ServerSettings settings, InstantSource clock) {
    this.fetcher = fetcher;
    this.settings = settings;
    this.clock = clock;
    this.playlists = new PlaylistFetcher(settings.hls());
  }

  @Override
  public Pipeline create(RecordingTask task) {
    Fetching fetching = Fetching.of(fetcher, task.media().session(), clock, settings.recording());
    return switch (task.media().source()) {
      case MediaSource.Progressive file -> new Mp4Pipeline(file, fetching);
      case MediaSource.Hls hls -> hls(hls, fetching, task.request().buffering());
    };
  }

  private Pipeline hls(MediaSource.Hls source, Fetching fetching, int buffering) {
    return switch (source.recorder()) {
      case HLS_BASIC ->
          new HlsVodPipeline(source, fetching, playlists, settings.recording(), buffering);
      case HLS_LIVE -> throw notYet("Live HLS");
      case HLS_M4S -> throw notYet("HLS of fragmented MP4 or with separate audio");
      case MP4 -> throw new IllegalArgumentException("an HLS stream is no single file");
    };
  }

  private static StreamException notYet(String kind) {
    return new StreamException(
        new StreamFailure.Failed(
            kind + " is not recorded by this version; finished MPEG-TS HLS and files are"));
  }
}
