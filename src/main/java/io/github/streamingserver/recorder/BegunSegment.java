package io.github.streamingserver.recorder;

import java.net.URI;
import java.util.OptionalLong;

/** How much of a segment has come, for it to be gone on with. One thread at a time. */
final class BegunSegment {
  private URI url;
  private long position;
  private OptionalLong due = OptionalLong.empty();

  BegunSegment(URI url) {
    this.url = url;
  }

  /** Begins anew, at {@code from}. */
  void begin(URI from) {
    url = from;
    position = 0;
    due = OptionalLong.empty();
  }

  /**
   * @param bytes that all of it has, where that is told
   */
  void expect(OptionalLong bytes) {
    due = bytes;
  }

  void add(int bytes) {
    position += bytes;
  }

  /** Bytes that have come. */
  long position() {
    return position;
  }

  boolean hasBegun() {
    return position > 0;
  }

  /** Whether all has come, as far as that is told. */
  boolean isWhole() {
    return hasBegun() && due.isPresent() && due.getAsLong() == position;
  }

  /** Whether less has come than was told. */
  boolean isShort() {
    return due.isPresent() && position < due.getAsLong();
  }

  /**
   * Whether what is at {@code other} is of the same bytes: not that of another variant, in which
   * the recording goes on meanwhile, nor of a copy that was encoded for itself.
   *
   * @param total bytes that all of it has there, where that is told
   */
  boolean isAlso(URI other, OptionalLong total) {
    if (total.isPresent() && due.isPresent() && !url.equals(other)) {
      return total.getAsLong() == due.getAsLong();
    }
    return url.getPath().equals(other.getPath());
  }
}
