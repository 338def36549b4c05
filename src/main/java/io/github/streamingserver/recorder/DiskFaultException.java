package io.github.streamingserver.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A disk refuses what isn't for want of space: it was pulled out, became read-only, has errors.
 * Time may heal it, so that a recording is gone on with. Expected: it has no stack trace of its
 * own.
 */
final class DiskFaultException extends IOException {
  private static final long serialVersionUID = 1L;

  DiskFaultException(Path path, IOException cause) {
    super(path + " can't be written: " + cause, cause);
    setStackTrace(new StackTraceElement[0]);
  }

  /** The fault that led to {@code error}, where it was one. */
  static Optional<DiskFaultException> in(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DiskFaultException fault) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether it may be gone on with.
   *
   * @param sameFile whether that is to be in the file itself: one that is as long as its file
   *     system allows, as on FAT 4 GiB, never grows again
   */
  boolean mayHeal(boolean sameFile) {
    String text = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
    return !(sameFile && text.contains("file too large"));
  }
}
