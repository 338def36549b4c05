package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;

/**
 * Tells what an MP4 file, an init section or a fragment holds, from chunks of any size as they
 * pass. Keeps less than 1 KiB of them. One thread.
 */
public final class Mp4Inspector {
  private final FactCollector facts = new FactCollector();
  private final BoxScanner scanner = new BoxScanner(facts);

  /**
   * Reads {@code chunk} to its end.
   *
   * @throws Mp4Exception where this is no MP4, or one with a broken structure
   */
  public void push(ByteBuffer chunk) {
    scanner.push(chunk);
  }

  /**
   * Passes over up to {@code bytes} unread, where they tell nothing.
   *
   * @return how many; 0 where the next byte has to be read
   */
  public long passOver(long bytes) {
    return scanner.passOver(bytes);
  }

  /** What is known so far. */
  public Mp4Facts facts() {
    return facts.facts();
  }

  /** Whether the file may end here; false in the middle of a box. */
  public boolean isAtEnd() {
    return scanner.isAtEnd();
  }
}
