package io.github.streamingserver.hls;

import io.github.streamingserver.hls.LiveWindow.Restart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells a live window that moved on from one that began anew. Pure. */
final class Restarts {
  private Restarts() {}

  /**
   * Why what is listed now is another window than {@code window}; empty where it is the same.
   *
   * @param all that is listed, one or more
   * @param missing media between them and what was taken, by their numbers
   * @param away time since the last load that brought anything
   */
  static Optional<Restart> of(
      LiveWindow window, List<Segment> all, Duration missing, Duration away) {
    Segment first = all.getFirst();
    if (first.sequence() >= window.nextSequence()) {
      return jump(window, all, missing, away);
    }
    boolean lower = first.sequence() < window.firstSequence();
    boolean known = window.tail().stream().anyMatch(seen -> sameAs(seen, all, lower));
    if (known) {
      return Optional.empty();
    }
    return Optional.of(lower ? Restart.LOWER_SEQUENCE : Restart.OTHER_CONTENT);
  }

  private static Optional<Restart> jump(
      LiveWindow window, List<Segment> all, Duration missing, Duration away) {
    Segment first = all.getFirst();
    List<Segment> tail = window.tail();
    Duration explained = Absence.explained(away);
    boolean gap = missing.compareTo(explained) <= 0;
    // Names may be in a ring: where time explains the gap, only dates tell that it is none.
    boolean ahead = first.sequence() > window.nextSequence();
    boolean telling = ahead && (!gap || WallClock.tells(tail, all));
    if (telling && SegmentIdentity.indexAfter(tail, all).isPresent()) {
      return Optional.of(Restart.JUMP);
    }
    boolean sameFolder = SegmentIdentity.sameFolder(tail.getLast(), first);
    if (gap || (sameFolder && missing.compareTo(explained.plus(Absence.PLAUSIBLE_GAP)) <= 0)) {
      return Optional.empty();
    }
    return Optional.of(sameFolder ? Restart.JUMP : Restart.OTHER_CONTENT);
  }

  private static boolean sameAs(Segment seen, List<Segment> all, boolean lower) {
    long index = seen.sequence() - all.getFirst().sequence();
    return index >= 0
        && index < all.size()
        && SegmentIdentity.same(seen, all.get((int) index), lower);
  }
}
