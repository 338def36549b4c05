package io.github.streamingserver.recorder.ffmpeg;

import java.util.List;

/**
 * How an ffmpeg ended.
 *
 * @param code its exit code; 128 and the signal's number where it was killed
 * @param said the last lines that it wrote to standard error, each cut
 * @param flooded it wrote more of them than is usual
 */
public record MuxExit(int code, List<String> said, boolean flooded) {
  public MuxExit {
    said = List.copyOf(said);
  }

  public boolean succeeded() {
    return code == 0;
  }

  /** One line for people. */
  public String reason() {
    String end = said.isEmpty() ? "" : ": " + String.join("; ", said);
    return "ffmpeg ended with " + code + (flooded ? ", flooding its messages" : "") + end;
  }
}
