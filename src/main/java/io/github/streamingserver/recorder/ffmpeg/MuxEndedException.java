package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;

/** An ffmpeg takes no more input or gives no more output; why it ended is told by its exit. */
public final class MuxEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  MuxEndedException(String pipe) {
    super("ffmpeg's " + pipe + " is closed");
  }

  MuxEndedException(String pipe, Throwable cause) {
    super("ffmpeg's " + pipe + " broke: " + cause.getMessage(), cause);
  }
}
