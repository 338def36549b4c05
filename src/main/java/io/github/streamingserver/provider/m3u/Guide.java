package io.github.streamingserver.provider.m3u;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What is on now and next, by channel. Immutable. */
final class Guide {
  /** The guide that knows nothing. */
  static final Guide EMPTY =
      new GuideBuilder(SortedNames.ofSorted(java.util.List.of()), 0, 0).build();

  /** A programme; {@code stop} is the first moment after it. */
  record Programme(Instant start, Instant stop, String title) {}

  /** What is on, where that is known, and what follows. */
  record NowNext(Optional<Programme> now, Optional<Programme> next) {}

  private final SortedNames keys;
  private final long begin;
  private final int[] firstOf;
  private final int[] start;
  private final int[] stop;
  private final int[] titleFrom;
  private final int[] titleTo;
  private final byte[] titles;

  /**
   * @param begin in seconds since 1970, which starts and stops are counted from
   * @param firstOf by key, its first programme; they are sorted by start, and end where those of
   *     the next key begin
   */
  Guide(
      SortedNames keys,
      long begin,
      int[] firstOf,
      int[] start,
      int[] stop,
      int[] titleFrom,
      int[] titleTo,
      byte[] titles) {
    this.keys = keys;
    this.begin = begin;
    this.firstOf = firstOf;
    this.start = start;
    this.stop = stop;
    this.titleFrom = titleFrom;
    this.titleTo = titleTo;
    this.titles = titles;
  }

  /** What is on at {@code now} and next on the channel of this key. */
  NowNext at(String key, Instant now) {
    int channel = keys.find(key);
    if (channel < 0) {
      return new NowNext(Optional.empty(), Optional.empty());
    }
    long time = now.getEpochSecond() - begin;
    int next = firstOf[channel];
    int last = firstOf[channel + 1];
    while (next < last && start[next] <= time) {
      next++;
    }
    int running = next - 1;
    boolean on = running >= firstOf[channel] && stop[running] > time;
    return new NowNext(
        on ? Optional.of(programme(running)) : Optional.empty(),
        next < last ? Optional.of(programme(next)) : Optional.empty());
  }

  SortedNames keys() {
    return keys;
  }

  long begin() {
    return begin;
  }

  /** How many programmes there are in all. */
  int size() {
    return firstOf[firstOf.length - 1];
  }

  /** The first programme of a key; for a key beyond the last, the number of all. */
  int first(int key) {
    return firstOf[key];
  }

  Programme programme(int number) {
    int from = titleFrom[number];
    return new Programme(
        Instant.ofEpochSecond(begin + start[number]),
        Instant.ofEpochSecond(begin + stop[number]),
        new String(titles, from, titleTo[number] - from, StandardCharsets.UTF_8));
  }
}
