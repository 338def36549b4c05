package io.github.streamingserver.cli;

/** Ctrl-C, and whatever else ends the process from outside. */
@FunctionalInterface
interface Interrupts {
  /** The process ends when the actions have returned: SIGINT, SIGTERM, SIGHUP. */
  Interrupts SHUTDOWN = Interrupts::onShutdown;

  /** Runs {@code action} on a thread of its own when the process is told to end. */
  Registration on(Runnable action);

  /** Takes an action back. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private static Registration onShutdown(Runnable action) {
    Thread hook = new Thread(action, "streamctl-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The process is ending, and the action runs.
      }
    };
  }
}
