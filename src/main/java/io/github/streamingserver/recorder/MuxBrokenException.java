package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;

/**
 * ffmpeg ended by itself, after it had come further than the run before it. What it held is not
 * lost: the recording is gone on with behind the last part that is whole. Expected: it has no stack
 * trace.
 */
final class MuxBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MuxBrokenException(StreamFailure cause) {
    super(cause.message(), null, false, false);
  }
}
