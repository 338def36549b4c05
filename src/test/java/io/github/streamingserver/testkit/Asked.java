package io.github.streamingserver.testkit;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes a request for a recording that differs from the plainest one in what a test is about. */
public final class Asked {
  private final URI url;
  private final Path folder;
  private RecordingId id = RecordingId.DEFAULT;
  private ProviderId provider = new ProviderId("Direct");
  private Quality quality = new Quality.Best();
  private boolean showAds = true;
  private int buffering = 1;
  private Optional<Duration> duration = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private Optional<DrmScheme> protectedBy = Optional.empty();

  private Asked(URI url, Path folder) {
    this.url = url;
    this.folder = folder;
  }

  /** All of {@code url}, with ads, by {@code Direct}, at its best, played from one segment on. */
  public static Asked of(URI url, Path folder) {
    return new Asked(url, folder);
  }

  /** In a slot of its own. */
  public Asked in(String slot) {
    id = new RecordingId(slot);
    return this;
  }

  /** From this provider. */
  public Asked from(String other) {
    provider = new ProviderId(other);
    return this;
  }

  /** In this quality. */
  public Asked at(Quality other) {
    quality = other;
    return this;
  }

  /** With ads, or without. */
  public Asked ads(boolean shown) {
    showAds = shown;
    return this;
  }

  /** Played once so many segments are there. */
  public Asked buffering(int segments) {
    buffering = segments;
    return this;
  }

  /** So long. */
  public Asked lasting(Duration time) {
    duration = Optional.of(time);
    return this;
  }

  /** Until then. */
  public Asked until(Instant end) {
    until = Optional.of(end);
    return this;
  }

  /** Of what is protected. */
  public Asked protectedBy(DrmScheme scheme) {
    protectedBy = Optional.of(scheme);
    return this;
  }

  /** The request. */
  public RecordingRequest request() {
    return new RecordingRequest(
        id,
        provider,
        url,
        folder,
        quality,
        showAds,
        buffering,
        false,
        false,
        "",
        duration,
        until,
        Map.of(),
        "",
        protectedBy);
  }
}
