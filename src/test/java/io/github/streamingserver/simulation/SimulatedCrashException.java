package io.github.streamingserver.simulation;

/** What a crash is in the log. */
final class SimulatedCrashException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimulatedCrashException() {
    super("simulated");
  }
}
