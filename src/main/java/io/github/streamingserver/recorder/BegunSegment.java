package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Segment;
import java.util.OptionalLong;

/** How much of a segment has come, for it to be gone on with. One thread at a time. */
final class BegunSegment {
  private Segment from;
  private long position;
  private OptionalLong due = OptionalLong.empty();

  BegunSegment(Segment from) {
    this.from = from;
  }

  /** Begins anew, as {@code segment} is listed now. */
  void begin(Segment segment) {
    from = segment;
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
   * Whether what is listed now is of the same bytes: not that of another variant, in which the
   * recording goes on meanwhile, nor of a copy that was encoded for itself, nor another range of a
   * file.
   *
   * @param total bytes that all of it has there, where that is told
   */
  boolean isAlso(Segment other, OptionalLong total) {
    if (!from.byteRange().equals(other.byteRange())) {
      return false;
    }
    if (total.isPresent() && due.isPresent() && !from.uri().equals(other.uri())) {
      return total.getAsLong() == due.getAsLong();
    }
    return from.uri().getPath().equals(other.uri().getPath());
  }
}
