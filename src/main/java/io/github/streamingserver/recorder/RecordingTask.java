package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.resolver.ResolvedMedia;
import java.nio.file.Path;

/**
 * A recording that can begin.
 *
 * @param folder the request's, with links resolved and found to be allowed
 */
public record RecordingTask(RecordingRequest request, ResolvedMedia media, Path folder) {
  /** The recording as events name it. */
  public Recording recording() {
    return new Recording(request.id(), media.source().recorder(), request.url(), request.folder());
  }
}
