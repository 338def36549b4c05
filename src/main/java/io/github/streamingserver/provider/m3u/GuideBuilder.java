package io.github.streamingserver.provider.m3u;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Gathers the programmes of known channels from now on: of the whole window where they fit into the
 * memory that a guide may have, else of as many halves of it as do.
 */
final class GuideBuilder {
  /** Where channels are few, a guide that is not renewed serves so long. */
  static final Duration WINDOW = Duration.ofHours(24);

  /** What a guide may have in memory: what is on now on 50 000 channels. */
  static final int MOST_BYTES = 4 << 20;

  private static final int PER_PROGRAMME = 5 * Integer.BYTES;
  private static final int LONGEST_TITLE = 120;
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  /** Where a programme does not say when it ends, and none follows. */
  private static final int USUAL_LENGTH = 3600;

  private final SortedNames keys;
  private final long begin;
  private final int most;
  private long end;
  private int count;
  private int[] channel = new int[256];
  private int[] start = new int[256];
  private int[] stop = new int[256];
  private int[] titleEnd = new int[256];
  private byte[] titles = new byte[1 << 10];
  private int length;

  /**
   * @param now in seconds since 1970
   * @param most bytes
   */
  GuideBuilder(SortedNames keys, long now, int most) {
    this.keys = keys;
    this.begin = now;
    this.end = now + WINDOW.toSeconds();
    this.most = most;
  }

  SortedNames keys() {
    return keys;
  }

  /** Whether a programme at this time would be kept. */
  boolean wants(long from, long to) {
    return from < end && to > begin;
  }

  /**
   * Takes a programme.
   *
   * @param key the rank of its channel's key
   * @param to {@link Long#MAX_VALUE} where it does not say
   */
  void add(int key, long from, long to, String title) {
    if (!wants(from, to)) {
      return;
    }
    if (count == channel.length) {
      grow(count * 2);
    }
    channel[count] = key;
    start[count] = (int) (from - begin);
    stop[count] = to == Long.MAX_VALUE ? Integer.MAX_VALUE : (int) Math.min(to - begin, 1 << 30);
    byte[] text = cut(title).getBytes(StandardCharsets.UTF_8);
    if (length + text.length > titles.length) {
      titles = Arrays.copyOf(titles, Math.max(length + text.length, titles.length * 3 / 2));
    }
    System.arraycopy(text, 0, titles, length, text.length);
    length += text.length;
    titleEnd[count++] = length;
    while (count * PER_PROGRAMME + length > most && end - begin > SHORTEST.toSeconds()) {
      end = begin + (end - begin) / 2;
      dropBeyondEnd();
    }
  }

  /** The guide of what was added; nothing may be added any more. */
  Guide build() {
    int[] sorted = sorted();
    int[] firstOf = new int[keys.size() + 1];
    int[] starts = new int[count];
    int[] stops = new int[count];
    int[] from = new int[count];
    int[] to = new int[count];
    int kept = 0;
    int key = 0;
    for (int i = 0; i < count; i++) {
      int at = sorted[i];
      while (key < channel[at]) {
        firstOf[++key] = kept;
      }
      boolean again = kept > firstOf[key] && starts[kept - 1] == start[at];
      if (!again) {
        starts[kept] = start[at];
        stops[kept] = stop(at, i + 1 < count ? sorted[i + 1] : at);
        from[kept] = at == 0 ? 0 : titleEnd[at - 1];
        to[kept++] = titleEnd[at];
      }
    }
    while (key < keys.size()) {
      firstOf[++key] = kept;
    }
    Guide guide = new Guide(keys, begin, firstOf, starts, stops, from, to, titles);
    // Who still holds this builder holds no second guide.
    count = 0;
    length = 0;
    titles = new byte[0];
    grow(1);
    return guide;
  }

  /** Where a programme does not say when it ends, the next does. */
  private int stop(int at, int next) {
    if (stop[at] != Integer.MAX_VALUE) {
      return stop[at];
    }
    boolean follows = channel[next] == channel[at] && start[next] > start[at];
    return follows ? start[next] : start[at] + USUAL_LENGTH;
  }

  /** Numbers of programmes by channel, then start; the first that was added first. */
  private int[] sorted() {
    int earliest = Arrays.stream(start, 0, count).min().orElse(0);
    long[] order = new long[count];
    // Two passes of a stable order by 64-bit keys: rank within the start first, then the channel.
    for (int i = 0; i < count; i++) {
      order[i] = ((long) start[i] - earliest) << Integer.SIZE | i;
    }
    Arrays.sort(order);
    long[] byChannel = new long[count];
    int[] atRank = new int[count];
    for (int rank = 0; rank < count; rank++) {
      int at = (int) order[rank];
      atRank[rank] = at;
      byChannel[rank] = (long) channel[at] << Integer.SIZE | rank;
    }
    Arrays.sort(byChannel);
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = atRank[(int) byChannel[i]];
    }
    return sorted;
  }

  private void dropBeyondEnd() {
    int kept = 0;
    int from = 0;
    length = 0;
    for (int i = 0; i < count; i++) {
      int to = titleEnd[i];
      if (start[i] < end - begin) {
        channel[kept] = channel[i];
        start[kept] = start[i];
        stop[kept] = stop[i];
        System.arraycopy(titles, from, titles, length, to - from);
        length += to - from;
        titleEnd[kept++] = length;
      }
      from = to;
    }
    count = kept;
  }

  private void grow(int size) {
    channel = Arrays.copyOf(channel, size);
    start = Arrays.copyOf(start, size);
    stop = Arrays.copyOf(stop, size);
    titleEnd = Arrays.copyOf(titleEnd, size);
  }

  private static String cut(String title) {
    return title.length() <= LONGEST_TITLE
        ? title
        : title.substring(
                0, title.offsetByCodePoints(0, title.codePointCount(0, LONGEST_TITLE) - 1))
            + "…";
  }
}
