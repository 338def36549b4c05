package io.github.streamingserver.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How far a recording has come in a playlist, for another run of it to go on from. Pure.
 *
 * @param firstSequence of the playlist when the last segment was taken
 * @param end of the last segment, from that playlist's beginning
 * @param tail the last segments that were taken, at most {@value #TAIL}; never empty
 * @param taken whether the last of them was; else nothing was, and it is the one to begin with
 */
public record ResumePoint(long firstSequence, Duration end, List<Segment> tail, boolean taken) {
  /** Enough to see whether their numbers still mean what they meant. */
  static final int TAIL = 4;

  /** Segments of two renditions may be cut a little apart. */
  private static final Duration DRIFT = Duration.ofMillis(500);

  /**
   * @throws IllegalArgumentException without a segment
   */
  public ResumePoint {
    if (tail.isEmpty()) {
      throw new IllegalArgumentException("a recording without a segment has not come far");
    }
    tail = List.copyOf(tail.subList(Math.max(0, tail.size() - TAIL), tail.size()));
  }

  /** The point in front of {@code place}, where a recording begins. */
  public static ResumePoint before(Place place) {
    Segment first = place.segment();
    Duration start = place.end().minus(first.duration());
    return new ResumePoint(place.firstSequence(), start, List.of(first), false);
  }

  /** The point behind {@code place}, which comes after {@code before}. */
  public static ResumePoint behind(Optional<ResumePoint> before, Place place) {
    List<Segment> tail =
        new ArrayList<>(before.filter(ResumePoint::taken).map(ResumePoint::tail).orElse(List.of()));
    tail.add(place.segment());
    return new ResumePoint(place.firstSequence(), place.end(), tail, true);
  }

  /**
   * What is to be recorded of {@code playlist}, and what it no longer lists.
   *
   * @param live whether the playlist is a window that moves, even where it has just ended; else
   *     what was taken is told by its number, or by its time in the whole, which all renditions
   *     share
   * @param same whether it is the one that was taken from, not another rendition of it
   * @param away time since then by the clock, which may have been wrong: see {@link Absence}
   */
  public LiveWindow.Advance resume(
      MediaPlaylist playlist, boolean live, boolean same, Duration away) {
    if (!live) {
      List<Segment> all = playlist.segments();
      OptionalInt byNumber = same ? byNumber(all) : OptionalInt.empty();
      return LiveWindow.begin(playlist, byNumber.orElseGet(() -> byTime(all)));
    }
    if (!taken) {
      return begin(playlist, same, away);
    }
    LiveWindow window = new LiveWindow(firstSequence, tail.getLast().sequence() + 1, tail);
    return goOn(window, playlist, same, away);
  }

  private static LiveWindow.Advance goOn(
      LiveWindow window, MediaPlaylist playlist, boolean same, Duration away) {
    return same ? window.rejoin(playlist, away, away) : window.moveTo(playlist, away);
  }

  /** With the segment it was to begin with, or what is there after that has gone by. */
  private LiveWindow.Advance begin(MediaPlaylist playlist, boolean same, Duration away) {
    Segment first = tail.getLast();
    OptionalInt there = SegmentIdentity.indexOf(first, playlist.segments());
    if (there.isPresent()) {
      return LiveWindow.begin(playlist, there.getAsInt());
    }
    LiveWindow window =
        new LiveWindow(firstSequence, first.sequence(), List.of(first.broadcastEarlier()));
    return goOn(window, playlist, same, away);
  }

  /** Behind the last segment that was taken; empty where its number means another one now. */
  private OptionalInt byNumber(List<Segment> all) {
    Segment last = tail.getLast();
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).sequence() == last.sequence())
        .filter(i -> SegmentIdentity.same(last, all.get(i), false))
        .map(i -> taken ? i + 1 : i)
        .findFirst();
  }

  /** The first segment with anything that was not taken; the number of all where none has. */
  private int byTime(List<Segment> all) {
    Duration start = Duration.ZERO;
    for (int i = 0; i < all.size(); i++) {
      Duration late = start.minus(end);
      if (late.compareTo(DRIFT) > 0 && i > 0) {
        return i - 1;
      }
      if (late.compareTo(DRIFT.negated()) >= 0) {
        return i;
      }
      start = start.plus(all.get(i).duration());
    }
    return all.size();
  }
}
