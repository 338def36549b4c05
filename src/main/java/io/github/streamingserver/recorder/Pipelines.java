package io.github.streamingserver.recorder;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.HlsSource.Track;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.StreamOpener;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The pipeline for each kind of stream. */
public final class Pipelines implements Pipeline.Factory {
  /** A file for each of a hundred languages would be a hundred requests a segment. */
  private static final int MOST_SUBTITLES = 8;

  private final HttpFetcher fetcher;
  private final StreamOpener opener;
  private final ServerSettings settings;
  private final InstantSource clock;
  private final InstantSource steady;
  private final FfmpegFinder ffmpeg;
  private final Supplier<RandomGenerator> randoms;

  /**
   * @param clock what dates are held against
   * @param steady what waits are measured by, which nobody sets
   */
  public Pipelines(
      HttpFetcher fetcher,
      StreamOpener opener,
      ServerSettings settings,
      InstantSource clock,
      InstantSource steady) {
    this(fetcher, opener, settings, clock, steady, RandomGenerator::getDefault);
  }

  /**
   * @param randoms spread the pauses between tries, one for each recording
   */
  public Pipelines(
      HttpFetcher fetcher,
      StreamOpener opener,
      ServerSettings settings,
      InstantSource clock,
      InstantSource steady,
      Supplier<RandomGenerator> randoms) {
    this.randoms = randoms;
    this.fetcher = fetcher;
    this.opener = opener;
    this.settings = settings;
    this.clock = clock;
    this.steady = steady;
    this.ffmpeg = new FfmpegFinder(settings.mux());
  }

  @Override
  public Pipeline create(RecordingTask task, Supplier<CompletionStage<ResolvedMedia>> resolver) {
    Fetching fetching =
        Fetching.of(
            fetcher,
            task.media().session(),
            clock,
            steady,
            settings.recording(),
            task.timeAllowed(clock.instant()),
            task.left().isPresent(),
            randoms.get());
    return switch (task.media().source()) {
      case MediaSource.Progressive file -> new Mp4Pipeline(file, fetching, task);
      case MediaSource.Hls hls -> hls(hls, task, fetching, resolver);
    };
  }

  private Pipeline hls(
      MediaSource.Hls source,
      RecordingTask task,
      Fetching fetching,
      Supplier<CompletionStage<ResolvedMedia>> resolver) {
    RecordingRequest request = task.request();
    StreamAccess access = access(source, task, resolver);
    Function<Track, HlsSource> tracks =
        track ->
            new HlsSource(
                track, source, access, fetching, task, settings.hls(), settings.recording());
    HlsSource main = tracks.apply(Track.MAIN);
    SectionClock sections = new SectionClock();
    int section = task.firstSection();
    Pipeline pipeline =
        source.muxed()
            ? new M4sPipeline(
                main,
                source.chosen().audio().map(_ -> tracks.apply(Track.SOUND)),
                ffmpeg,
                settings.mux(),
                request.buffering(),
                task.left().isPresent())
            : new TransportStreamPipeline(main, sections, section, request.buffering());
    Map<String, HlsSource> subtitles = subtitles(source, task, fetching, resolver);
    return subtitles.isEmpty()
        ? pipeline
        : new SubtitledPipeline(
            pipeline, subtitles, source.muxed() ? new FirstMapClock(section) : sections);
  }

  /**
   * Those that are wanted, by name. Each has an access of its own, so that what fails it changes
   * nothing for the others.
   */
  private Map<String, HlsSource> subtitles(
      MediaSource.Hls source,
      RecordingTask task,
      Fetching fetching,
      Supplier<CompletionStage<ResolvedMedia>> resolver) {
    boolean unplaced = source.muxed() && source.recorder() == RecorderId.HLS_LIVE;
    if (!settings.recording().subtitles() || unplaced) {
      return Map.of();
    }
    List<MediaSource.Subtitles> all =
        source.chosen().subtitles().stream().limit(MOST_SUBTITLES).toList();
    List<String> names = SubtitleNames.of(all);
    MediaSource.Hls alone =
        new MediaSource.Hls(
            source.chosen(),
            List.of(),
            source.master(),
            source.recorder(),
            source.muxed(),
            source.variables());
    Map<String, HlsSource> sources = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      sources.put(
          names.get(i),
          new HlsSource(
              new Track.Text(all.get(i)),
              alone,
              access(alone, task, resolver),
              fetching,
              task,
              settings.hls(),
              settings.recording()));
    }
    return sources;
  }

  private StreamAccess access(
      MediaSource.Hls source,
      RecordingTask task,
      Supplier<CompletionStage<ResolvedMedia>> resolver) {
    return new StreamAccess(
        task.media(),
        source,
        task.request().av1(),
        resolver,
        opener,
        clock,
        steady,
        settings.hls().renewEvery());
  }
}
