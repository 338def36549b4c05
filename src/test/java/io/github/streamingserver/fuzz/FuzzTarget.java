package io.github.streamingserver.fuzz;

/**
 * A reader, and what it promises of any input. Whatever {@link #read} throws is a finding; that it
 * ends in time and fits into the heap is watched from outside. One thread.
 */
@FunctionalInterface
public interface FuzzTarget {
  /** Reads {@code input}, and checks what came of it. */
  void read(byte[] input) throws Exception;

  /** Fails with {@code broken} unless the promise {@code holds}. */
  static void promise(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }
}
