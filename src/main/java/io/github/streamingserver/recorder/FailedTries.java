package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The words of {@code log.txt} for tries that bring nothing new, of which an outage has one every
 * few seconds: a line for each new cause, and one for all of them when they are over. Pure; one
 * recording, one thread.
 */
final class FailedTries {
  /** A cause may name what differs each time. */
  private static final int CAUSES = 8;

  private final Set<String> causes = new HashSet<>();
  private long count;
  private long reached;

  /** Nothing of the file is lost: the next try goes on at its end. */
  Optional<String> broke(long size, StreamFailure cause) {
    return failed(size, cause, "broke off at %d bytes, goes on there".formatted(size));
  }

  /** All bytes of the segment, {@code cut} of {@code size}, are void: it begins again. */
  Optional<String> voided(long size, long cut, StreamFailure cause) {
    return failed(size, cause, "begins a segment again, %d bytes cut back".formatted(cut));
  }

  private Optional<String> failed(long size, StreamFailure cause, String what) {
    count++;
    reached = Math.max(reached, size);
    return causes.size() < CAUSES && causes.add(cause.message())
        ? Optional.of(what + ": " + cause.message())
        : Optional.empty();
  }

  /** The file has grown to {@code size} bytes: where none has been there, the tries are over. */
  Optional<String> grown(long size) {
    return count > 0 && size > reached ? over("goes on after %d tries failed") : Optional.empty();
  }

  /** What was tried has all come. */
  Optional<String> done() {
    return over("goes on after %d tries failed");
  }

  /** What was tried is given up, or the recording ends. */
  Optional<String> givenUp() {
    return over("%d tries failed");
  }

  private Optional<String> over(String format) {
    boolean untold = count > causes.size();
    Optional<String> line = untold ? Optional.of(format.formatted(count)) : Optional.empty();
    causes.clear();
    count = 0;
    reached = 0;
    return line;
  }
}
