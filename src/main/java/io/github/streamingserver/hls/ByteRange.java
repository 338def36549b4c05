package io.github.streamingserver.hls;

/** A sub-range of a resource, in bytes (RFC 8216 §4.3.2.2). */
public record ByteRange(long offset, long length) {
  public ByteRange {
    if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("byte range " + length + "@" + offset);
    }
  }

  /** The first offset behind it. */
  public long end() {
    return offset + length;
  }
}
