package io.github.streamingserver.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks the boxes of a file from chunks of any size (ISO 14496-12 §4.2). Keeps the head of one box
 * and the bytes that its handler asks for. One thread.
 */
final class BoxScanner {
  private static final int MAX_DEPTH = 16;
  private static final long END_UNKNOWN = Long.MAX_VALUE;

  private record Open(BoxHeader box, long end) {}

  private final BoxHandler handler;
  private final Deque<Open> open = new ArrayDeque<>();
  private long position;
  private long skip;
  private Open current = new Open(new BoxHeader("", 0, 0, ""), END_UNKNOWN);
  private boolean inHeader = true;
  private BoxHandler.Plan plan = BoxHandler.Plan.SKIP;
  private ByteBuffer wanted = ByteBuffer.allocate(BoxHeader.SMALLEST);

  BoxScanner(BoxHandler handler) {
    this.handler = handler;
  }

  /**
   * Reads {@code chunk} to its end.
   *
   * @throws Mp4Exception where the structure is broken
   */
  void push(ByteBuffer chunk) {
    while (chunk.hasRemaining()) {
      if (skip > 0) {
        int passed = (int) Math.min(skip, chunk.remaining());
        chunk.position(chunk.position() + passed);
        position += passed;
        skip -= skip == END_UNKNOWN ? 0 : passed;
      } else {
        int taken = Math.min(wanted.remaining(), chunk.remaining());
        wanted.put(chunk.slice(chunk.position(), taken));
        chunk.position(chunk.position() + taken);
        position += taken;
        if (!wanted.hasRemaining()) {
          complete();
        }
      }
      if (skip == 0) {
        closeEnded();
      }
    }
  }

  /**
   * Passes over up to {@code bytes} unread, where nobody wants to know them.
   *
   * @return how many
   */
  long passOver(long bytes) {
    long passed = Math.min(skip, bytes);
    position += passed;
    skip -= skip == END_UNKNOWN ? 0 : passed;
    if (skip == 0) {
      closeEnded();
    }
    return passed;
  }

  /** Whether the file may end here: no box that told its size is cut off. */
  boolean isAtEnd() {
    boolean betweenBoxes = inHeader && wanted.position() == 0 && open.isEmpty();
    return skip == END_UNKNOWN || (skip == 0 && betweenBoxes);
  }

  private void complete() {
    wanted.flip();
    if (!inHeader) {
      finishRead();
    } else if (BoxHeader.length(wanted) > wanted.limit()) {
      ByteBuffer longer = ByteBuffer.allocate(BoxHeader.length(wanted));
      wanted = longer.put(wanted);
    } else {
      begin(BoxHeader.read(wanted));
    }
  }

  private void begin(BoxHeader box) {
    long start = position - box.length();
    long end = box.size() == BoxHeader.TO_THE_END ? limit() : start + box.size();
    // Also where not even its head fits in.
    if (end < position || end > limit()) {
      throw new Mp4Exception(
          "box '" + box.type() + "' at byte " + start + " is larger than what holds it");
    }
    if (box.size() != BoxHeader.TO_THE_END && !box.hasPlainType()) {
      throw new Mp4Exception("no box where one should begin, at byte " + start);
    }
    current = new Open(box, end);
    plan = handler.begin(box, open.isEmpty() ? "" : open.getFirst().box().type());
    int bytes = (int) Math.min(plan.bytes(), end - position);
    if (bytes > 0) {
      inHeader = false;
      wanted = ByteBuffer.allocate(bytes);
    } else {
      enter(plan.bytes() > 0 ? handler.read(box, ByteBuffer.allocate(0)) : 0);
    }
  }

  private void finishRead() {
    enter(handler.read(current.box(), wanted));
  }

  /** Goes on in the boxes of the current one, or behind it. */
  private void enter(int passedOver) {
    if (plan.walked()) {
      if (open.size() >= MAX_DEPTH) {
        throw new Mp4Exception("boxes nested deeper than " + MAX_DEPTH);
      }
      open.push(current);
      skip = Math.min(passedOver, current.end() - position);
    } else {
      skip = current.end() == END_UNKNOWN ? END_UNKNOWN : current.end() - position;
    }
    inHeader = true;
    wanted = ByteBuffer.allocate(BoxHeader.SMALLEST);
  }

  private void closeEnded() {
    boolean betweenBoxes = inHeader && wanted.position() == 0;
    while (betweenBoxes && !open.isEmpty() && position >= limit()) {
      handler.end(open.pop().box());
    }
    // Fewer bytes than the smallest box has are padding.
    if (betweenBoxes && limit() - position < BoxHeader.SMALLEST) {
      skip = limit() - position;
    }
  }

  private long limit() {
    return open.isEmpty() ? END_UNKNOWN : open.getFirst().end();
  }
}
