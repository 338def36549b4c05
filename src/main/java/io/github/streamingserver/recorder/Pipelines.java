package io.github.streamingserver.recorder;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.HlsSource.Track;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.StreamOpener;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pipeline for each kind of stream. */
public final class Pipelines implements Pipeline.Factory {
  private final HttpFetcher fetcher;
  private final StreamOpener opener;
  private final ServerSettings settings;
  private final InstantSource clock;
  private final FfmpegFinder ffmpeg;

  public Pipelines(
      HttpFetcher fetcher, StreamOpener opener, ServerSettings settings, InstantSource clock) {
    this.fetcher = fetcher;
    this.opener = opener;
    this.settings = settings;
    this.clock = clock;
    this.ffmpeg = new FfmpegFinder(settings.mux());
  }

  @Override
  public Pipeline create(RecordingTask task, Supplier<CompletionStage<ResolvedMedia>> resolver) {
    Fetching fetching =
        Fetching.of(
            fetcher,
            task.media().session(),
            clock,
            settings.recording(),
            task.timeAllowed(clock.instant()));
    return switch (task.media().source()) {
      case MediaSource.Progressive file -> new Mp4Pipeline(file, fetching);
      case MediaSource.Hls hls -> hls(hls, task, fetching, resolver);
    };
  }

  private Pipeline hls(
      MediaSource.Hls source,
      RecordingTask task,
      Fetching fetching,
      Supplier<CompletionStage<ResolvedMedia>> resolver) {
    RecordingRequest request = task.request();
    StreamAccess access =
        new StreamAccess(
            task.media(),
            source,
            request.av1(),
            resolver,
            opener,
            clock,
            settings.hls().renewEvery());
    Function<Track, HlsSource> tracks =
        track ->
            new HlsSource(
                track, source, access, fetching, request, settings.hls(), settings.recording());
    HlsSource main = tracks.apply(Track.MAIN);
    return source.muxed()
        ? new M4sPipeline(
            main,
            source.chosen().audio().map(_ -> tracks.apply(Track.SOUND)),
            ffmpeg,
            settings.mux(),
            request.buffering())
        : new TransportStreamPipeline(main, request.buffering());
  }
}
