package io.github.streamingserver.tcp;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * The bytes of one incomplete frame, in blocks that grow as they come: a length that a client only
 * claims costs nothing, and a client that sends byte by byte costs no more than another. What goes
 * beyond the allowance is taken from a budget that all clients share.
 */
final class FrameBuffer {
  private static final int BLOCK = 64 << 10;

  private final int length;
  private final int allowance;
  private final InboundLease budget;
  private final List<byte[]> blocks = new ArrayList<>();
  private int filled;
  private int capacity;
  private long taken;

  FrameBuffer(int length, int allowance, InboundLease budget) {
    this.length = length;
    this.allowance = allowance;
    this.budget = budget;
  }

  /**
   * Appends what {@code input} has of this frame and returns the rest. The rest begins with bytes
   * of this frame where the budget is used up: {@link #isFull} then is false, and the call is
   * repeated later.
   */
  ByteString append(ByteString input) {
    ByteString rest = input;
    while (filled < length && !rest.isEmpty() && reserve()) {
      byte[] block = blocks.getLast();
      int used = block.length - (capacity - filled);
      int count = Math.min(rest.size(), block.length - used);
      rest.take(count).copyToArray(block, used);
      filled += count;
      rest = rest.drop(count);
    }
    return rest;
  }

  boolean isFull() {
    return filled == length;
  }

  /** The whole frame, without a copy; the buffer must not be used afterwards. */
  ByteString content() {
    ByteString content = ByteString.emptyByteString();
    for (byte[] block : blocks) {
      content = content.concat(ByteString.fromArrayUnsafe(block));
    }
    return content;
  }

  /** Gives back what was taken from the budget. */
  void release() {
    budget.release(taken);
    taken = 0;
  }

  private boolean reserve() {
    if (filled < capacity) {
      return true;
    }
    int size = Math.min(length - filled, blocks.isEmpty() ? Math.min(allowance, BLOCK) : BLOCK);
    boolean free = blocks.isEmpty();
    if (!free && !budget.tryAcquire(size)) {
      return false;
    }
    taken += free ? 0 : size;
    blocks.add(new byte[size]);
    capacity += size;
    return true;
  }
}
