package io.github.streamingserver.mpegts;

import java.util.List;

/**
 * The timestamps of one stream in a segment as they came, 33 bits of 90 kHz. A lone timestamp that
 * lies far from its neighbours counts for none of them.
 *
 * @param firstDts when the first unit is decoded
 * @param firstPts when the first unit is shown
 * @param lastPts the latest time that a unit is shown
 * @param confirmed the second unit's time fits the first's
 */
public record StreamTimes(int pid, long firstDts, long firstPts, long lastPts, boolean confirmed) {
  /** Units of one stream that follow each other are never further apart than this. */
  static final long MAX_STEP = 10 * Ticks.PER_SECOND;

  static StreamTimes first(int pid, PesHeader header) {
    return new StreamTimes(pid, header.decodeTime(), header.pts(), header.pts(), false);
  }

  /** These times and one more unit's; {@code previousPts} is that of the unit before it. */
  StreamTimes and(PesHeader next, long previousPts) {
    boolean near = isNear(previousPts, next.pts());
    if (!confirmed) {
      return near
          ? new StreamTimes(pid, firstDts, firstPts, later(next.pts()), true)
          : first(pid, next);
    }
    return near ? new StreamTimes(pid, firstDts, firstPts, later(next.pts()), true) : this;
  }

  /** Those that are confirmed, or lie near one that is; all where none is. */
  public static List<StreamTimes> trusted(List<StreamTimes> all) {
    List<StreamTimes> sure = all.stream().filter(StreamTimes::confirmed).toList();
    return sure.isEmpty()
        ? all
        : all.stream()
            .filter(times -> sure.stream().anyMatch(s -> isNear(s.firstDts, times.firstDts)))
            .toList();
  }

  private long later(long pts) {
    boolean earlier = isNear(lastPts, pts) && Ticks.between(lastPts, pts) < 0;
    return earlier ? lastPts : pts;
  }

  static boolean isNear(long from, long to) {
    return Math.abs(Ticks.between(from, to)) <= MAX_STEP;
  }
}
