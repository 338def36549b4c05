package io.github.streamingserver.hls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a recording has taken from a live playlist so far, and what the next load of it brings.
 * Segments are known by media sequence; the last ones taken are remembered, to see whether a number
 * still means what it meant.
 *
 * @param firstSequence of the last load that brought anything
 * @param nextSequence the first one not yet taken
 * @param tail the last segments listed below it, at most {@value #TAIL}
 */
public record LiveWindow(long firstSequence, long nextSequence, List<Segment> tail) {
  static final int TAIL = 64;

  /** So much of a restarted window is taken as new: an ad break, not a whole archive again. */
  static final Duration RESTART_REACH = Duration.ofMinutes(3);

  public LiveWindow {
    tail = List.copyOf(tail.subList(Math.max(0, tail.size() - TAIL), tail.size()));
  }

  /** Why a window is taken as a new one. */
  public enum Restart {
    /** Its numbers begin lower, and no copy of it was seen before. */
    LOWER_SEQUENCE,
    /** Known numbers stand for other segments, or numbers far ahead for another host or folder. */
    OTHER_CONTENT,
    /**
     * Its numbers are too far ahead to be of the same count, in the same folder, or stand for what
     * was taken under lower ones.
     */
    JUMP
  }

  /**
   * What a load brought.
   *
   * @param window to ask at the next load
   * @param fresh to be recorded, in order; gaps among them are for the recorder to count
   * @param lostSegments that were never listed while we looked
   * @param lostDuration of them, estimated from the segments that are listed
   */
  public record Advance(
      LiveWindow window,
      List<Segment> fresh,
      long lostSegments,
      Duration lostDuration,
      Optional<Restart> restart) {
    public Advance {
      fresh = List.copyOf(fresh);
    }
  }

  /** The first load: everything from {@code index} on is taken, nothing is lost. */
  public static Advance begin(MediaPlaylist playlist, int index) {
    return taken(playlist, index, Optional.empty());
  }

  /**
   * The next load.
   *
   * @param away time since the load before it
   * @param still time since the last load that brought anything
   */
  public Advance advance(MediaPlaylist playlist, Duration away, Duration still) {
    List<Segment> all = playlist.segments();
    if (all.isEmpty()) {
      return new Advance(this, List.of(), 0, Duration.ZERO, Optional.empty());
    }
    if (tail.isEmpty()) {
      return begin(playlist, 0);
    }
    long gap = all.getFirst().sequence() - nextSequence;
    Duration missing = Lengths.mean(all).multipliedBy(Math.clamp(gap, 0, Integer.MAX_VALUE));
    Optional<Restart> restart = Restarts.of(this, all, missing, still);
    if (restart.isPresent()) {
      return restarted(playlist, restart, away, still);
    }
    List<Segment> fresh = all.stream().filter(s -> s.sequence() >= nextSequence).toList();
    if (fresh.isEmpty()) {
      return new Advance(this, fresh, 0, Duration.ZERO, restart);
    }
    Duration byClock = gap < 0 ? Duration.ZERO : Lengths.missingByClock(tail, fresh, still);
    return byClock.compareTo(missing.plus(Lengths.mean(all).dividedBy(2))) > 0
        ? taken(playlist, fresh, byClock, restart)
        : new Advance(of(playlist), fresh, Math.max(0, gap), missing, restart);
  }

  /**
   * The next load after the stream was found anew, or a load by another run of the recording: a new
   * session may count anew, and list again what was taken.
   *
   * @param away time since the load before it
   * @param still time since the last load that brought anything
   */
  public Advance rejoin(MediaPlaylist playlist, Duration away, Duration still) {
    Advance advance = advance(playlist, away, still);
    if (advance.restart().isEmpty() || WallClock.tells(tail, advance.fresh())) {
      return advance;
    }
    OptionalInt again = SegmentIdentity.indexAfter(List.of(tail.getLast()), playlist.segments());
    return again.isPresent() ? taken(playlist, again.getAsInt(), advance.restart()) : advance;
  }

  /**
   * The first load of another variant of the same stream: what was taken is told by
   * EXT-X-PROGRAM-DATE-TIME where both have it, else by media sequence, which variants usually
   * share, else by the time since the last load. One that lags behind brings nothing until it is
   * there; what one that is ahead no longer lists is lost.
   *
   * @param still time since the last load that brought anything
   */
  public Advance moveTo(MediaPlaylist playlist, Duration still) {
    List<Segment> all = playlist.segments();
    if (all.isEmpty() || tail.isEmpty()) {
      return advance(playlist, still, still);
    }
    OptionalInt byTime = WallClock.indexAfter(tail, all);
    if (byTime.isPresent()) {
      List<Segment> fresh = all.subList(byTime.getAsInt(), all.size());
      Duration missing = Lengths.missingByClock(tail, fresh, still);
      return taken(playlist, fresh, missing, Optional.empty());
    }
    long index = nextSequence - all.getFirst().sequence();
    if (index >= 0 && index <= all.size()) {
      return taken(playlist, (int) index, Optional.empty());
    }
    if (index > 0 && index <= 2L * all.size()) {
      LiveWindow behind = new LiveWindow(playlist.mediaSequence(), nextSequence, all);
      return new Advance(behind, List.of(), 0, Duration.ZERO, Optional.empty());
    }
    Duration missing = Lengths.mean(all).multipliedBy(Math.clamp(-index, 0, Integer.MAX_VALUE));
    if (index < 0 && missing.compareTo(Absence.explained(still)) <= 0) {
      return new Advance(of(playlist), all, -index, missing, Optional.empty());
    }
    int within = firstWithin(all, Absence.reach(still).plus(playlist.targetDuration()));
    return unnumbered(playlist, within, Optional.empty(), still, still);
  }

  /**
   * Index of the first of those last segments that end the list within {@code reach}; never past
   * the last.
   */
  static int firstWithin(List<Segment> segments, Duration reach) {
    int index = Math.max(0, segments.size() - 1);
    Duration length = segments.isEmpty() ? Duration.ZERO : segments.getLast().duration();
    while (index > 0 && length.plus(segments.get(index - 1).duration()).compareTo(reach) <= 0) {
      index--;
      length = length.plus(segments.get(index).duration());
    }
    return index;
  }

  /** What was taken under other numbers is not taken again. */
  private Advance restarted(
      MediaPlaylist playlist, Optional<Restart> restart, Duration away, Duration still) {
    List<Segment> all = playlist.segments();
    OptionalInt again = SegmentIdentity.indexAfter(tail, all);
    if (again.isPresent()) {
      return taken(playlist, again.getAsInt(), restart);
    }
    return unnumbered(
        playlist, firstWithin(all, RESTART_REACH.plus(Absence.reach(still))), restart, away, still);
  }

  /**
   * All from {@code index} on, where no number tells what went by before: that is lost, as
   * EXT-X-PROGRAM-DATE-TIME has it where both have that, else as the time away has it.
   */
  private Advance unnumbered(
      MediaPlaylist playlist, int index, Optional<Restart> restart, Duration away, Duration still) {
    List<Segment> all = playlist.segments();
    List<Segment> fresh = all.subList(index, all.size());
    Duration missing =
        WallClock.tells(tail, fresh)
            ? Lengths.missingByClock(tail, fresh, still)
            : Absence.missed(away, Lengths.sum(fresh), playlist.targetDuration());
    return taken(playlist, fresh, missing, restart);
  }

  /** What is fresh, and so much lost before it. */
  private Advance taken(
      MediaPlaylist playlist, List<Segment> fresh, Duration missing, Optional<Restart> restart) {
    return new Advance(of(playlist), fresh, Lengths.count(missing, tail, fresh), missing, restart);
  }

  private static Advance taken(MediaPlaylist playlist, int index, Optional<Restart> restart) {
    List<Segment> all = playlist.segments();
    List<Segment> fresh = all.subList(index, all.size());
    return new Advance(of(playlist), fresh, 0, Duration.ZERO, restart);
  }

  private static LiveWindow of(MediaPlaylist playlist) {
    List<Segment> all = playlist.segments();
    long first = playlist.mediaSequence();
    long next = all.isEmpty() ? first : all.getLast().sequence() + 1;
    return new LiveWindow(first, next, all);
  }
}
