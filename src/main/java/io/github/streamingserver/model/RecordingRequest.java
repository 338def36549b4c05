package io.github.streamingserver.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks to be recorded.
 *
 * @param url the item's address: a page of the provider, or the stream itself
 * @param folder where the recording's files go; absolute
 * @param buffering segments on disk before playback is announced
 * @param av1 whether AV1 and 2160p sources may be chosen freely
 * @param fromStart whether a live channel is recorded from the beginning of its window
 * @param duration how long to record, where the client limits it
 * @param until when to end, where the client says
 * @param headers sent with every request of this recording
 * @param cookies as in a Cookie header, for the host of {@code url}; empty for none
 * @param protectedBy the license server's presence: such an item is refused
 */
public record RecordingRequest(
    RecordingId id,
    ProviderId provider,
    URI url,
    Path folder,
    Quality quality,
    boolean showAds,
    int buffering,
    boolean av1,
    boolean fromStart,
    String title,
    Optional<Duration> duration,
    Optional<Instant> until,
    Map<String, String> headers,
    String cookies,
    Optional<DrmScheme> protectedBy) {
  /** Segments before playback where a client names no number. */
  public static final int DEFAULT_BUFFERING = 5;

  private static final int MOST_BUFFERING = 1000;

  /** The same, with its end as a moment alone. */
  public RecordingRequest ending(Instant end) {
    return new RecordingRequest(
        id,
        provider,
        url,
        folder,
        quality,
        showAds,
        buffering,
        av1,
        fromStart,
        title,
        Optional.empty(),
        Optional.of(end),
        headers,
        cookies,
        protectedBy);
  }

  /**
   * @throws IllegalArgumentException with a message for people
   */
  public RecordingRequest {
    Urls.requireHttp(url);
    headers = Map.copyOf(headers);
    headers.forEach(HeaderFields::requireValid);
    HeaderFields.requireValid("Cookie", cookies);
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("rec_dir must be an absolute path");
    }
    if (buffering < 1 || buffering > MOST_BUFFERING) {
      throw new IllegalArgumentException("buffering must be 1 to " + MOST_BUFFERING);
    }
    if (duration.isPresent() && !duration.get().isPositive()) {
      throw new IllegalArgumentException("duration must be more than 0 seconds");
    }
  }
}
