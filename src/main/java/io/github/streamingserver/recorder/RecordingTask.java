package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.resolver.ResolvedMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording that can begin.
 *
 * @param folder the request's, with links resolved and found to be allowed
 */
public record RecordingTask(RecordingRequest request, ResolvedMedia media, Path folder) {
  /** How long it is to last from {@code now} on, where the client says. */
  Optional<Duration> timeAllowed(Instant now) {
    Optional<Duration> toEnd = request.until().map(until -> Duration.between(now, until));
    Optional<Duration> asked = request.duration();
    if (toEnd.isPresent() && asked.isPresent()) {
      return toEnd.get().compareTo(asked.get()) < 0 ? toEnd : asked;
    }
    return toEnd.or(() -> asked);
  }

  /** The recording as events name it. */
  public Recording recording() {
    return new Recording(request.id(), media.source().recorder(), request.url(), request.folder());
  }
}
