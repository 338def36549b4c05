package io.github.streamingserver.hls;

/** A part of a resource, in bytes (RFC 8216 §4.3.2.2). */
public record ByteRange(long offset, long length) {
  /**
   * @throws IllegalArgumentException where it is empty, or ends beyond what 64 bits hold
   */
  public ByteRange {
    if (offset < 0 || length < 1 || Long.MAX_VALUE - offset < length) {
      throw new IllegalArgumentException("byte range " + length + "@" + offset);
    }
  }

  /** The offset of the first byte behind this range. */
  public long end() {
    return offset + length;
  }
}
