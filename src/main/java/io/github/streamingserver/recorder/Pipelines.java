package io.github.streamingserver.recorder;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.model.MediaSource;
import java.time.InstantSource;

/** The pipeline for each kind of stream. */
public final class Pipelines implements Pipeline.Factory {
  private final HttpFetcher fetcher;
  private final ServerSettings settings;
  private final InstantSource clock;

  public Pipelines(HttpFetcher fetcher, ServerSettings settings, InstantSource clock) {
    this.fetcher = fetcher;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Pipeline create(RecordingTask task) {
    Fetching fetching = Fetching.of(fetcher, task.media().session(), clock, settings.recording());
    return switch (task.media().source()) {
      case MediaSource.Progressive file -> new Mp4Pipeline(file, fetching);
      case MediaSource.Hls hls -> throw new IllegalStateException("soon");
    };
  }
}
