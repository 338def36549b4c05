package io.github.streamingserver.hls;

/** A text is no WebVTT segment that can be used; the message says why. */
public final class WebVttException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WebVttException(String problem) {
    super(problem, null, false, false);
  }
}
