package io.github.streamingserver.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The folders that this process records into: none of them is tidied up, and what is tidied up is
 * not recorded into meanwhile. Safe for use from any thread.
 */
final class FoldersInUse {
  /** What is done to a folder. */
  @FunctionalInterface
  interface Work {
    long run() throws IOException;
  }

  /** Of all recordings: whichever supervisor or test began them, the disk is one. */
  static final FoldersInUse ALL = new FoldersInUse();

  // Guarded by this.
  private final Map<Path, Integer> users = new HashMap<>();

  synchronized void enter(Path folder) {
    users.merge(folder, 1, Integer::sum);
  }

  synchronized void leave(Path folder) {
    users.computeIfPresent(folder, (_, count) -> count == 1 ? null : count - 1);
  }

  /** What {@code work} gives; 0, and nothing done, where the folder is in use. */
  synchronized long unlessUsed(Path folder, Work work) throws IOException {
    return users.containsKey(folder) ? 0 : work.run();
  }
}
