package io.github.streamingserver.testkit;

import static io.github.streamingserver.testkit.ListedSegment.DISCONTINUITY;
import static io.github.streamingserver.testkit.ListedSegment.END_LIST;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A live media playlist, for {@link Origin#route}: a window over segments that appear one after
 * another when a test says so, at each load, or as time goes. It stands still where nothing is to
 * come.
 */
public final class LiveChannel implements Function<Request, Answer> {
  private static final List<String> LASTING = List.of("#EXT-X-MAP:", "#EXT-X-KEY:");

  /** The window of a channel from which nothing ever leaves. */
  public static final int EVENT = Integer.MAX_VALUE;

  private final int window;
  private final long target;
  private final Deque<ListedSegment> coming = new ArrayDeque<>();
  private final Deque<ListedSegment> listed = new ArrayDeque<>();
  private long sequence;
  private long discontinuities;
  private boolean ended;
  private boolean endsAtLast;
  private int eachLoad;
  private int still;
  private final Deque<Consumer<LiveChannel>> steps = new ArrayDeque<>();
  private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private Instant appeared = Instant.EPOCH;

  /** A channel that lists {@code window} segments of at most {@code target} seconds. */
  public LiveChannel(int window, long target) {
    this.window = window;
    this.target = target;
  }

  /** These are to appear after those that are to appear already. */
  public synchronized LiveChannel add(List<ListedSegment> segments) {
    coming.addAll(segments);
    return this;
  }

  /**
   * What is to appear says when it is broadcast, one after another from {@code begin} on. Where
   * numbers begin anew, what is lost is then told by these dates, and not by how long this machine
   * took between two loads.
   */
  public synchronized LiveChannel dated(Instant begin) {
    Instant at = begin;
    for (int i = coming.size(); i > 0; i--) {
      ListedSegment segment = coming.remove();
      coming.add(segment.with("#EXT-X-PROGRAM-DATE-TIME:" + at));
      at = at.plusMillis(Math.round(segment.seconds() * 1000));
    }
    return this;
  }

  /** The next {@code count} segments appear now, as many as there are. */
  public synchronized LiveChannel advance(int count) {
    for (int i = 0; i < count && !coming.isEmpty(); i++) {
      listed.add(coming.remove());
      while (listed.size() > window) {
        leave();
      }
    }
    return this;
  }

  /** From now on {@code count} segments appear after each load. */
  public synchronized LiveChannel advanceAfterEachLoad(int count) {
    eachLoad = count;
    return this;
  }

  /** Nothing appears after the next {@code loads} loads. */
  public synchronized LiveChannel standStill(int loads) {
    still = loads;
    return this;
  }

  /** Does this to the channel after a load: each load is followed by the next of such steps. */
  public synchronized LiveChannel afterLoad(Consumer<LiveChannel> step) {
    steps.add(step);
    return this;
  }

  /** From now on each segment appears when it could have been recorded since the one before it. */
  public synchronized LiveChannel advanceInTime(InstantSource time) {
    clock = time;
    appeared = time.instant();
    return this;
  }

  /** The next {@code passed} segments are never listed; those after them fill the window. */
  public synchronized LiveChannel jump(int passed) {
    while (!listed.isEmpty()) {
      leave();
    }
    for (int i = 0; i < passed && !coming.isEmpty(); i++) {
      listed.add(coming.remove());
      leave();
    }
    return advance(window);
  }

  /** The origin starts anew: those that are to appear next fill the window, from this sequence. */
  public synchronized LiveChannel restart(long sequence) {
    while (!listed.isEmpty()) {
      leave();
    }
    this.sequence = sequence;
    discontinuities = 0;
    ended = false;
    return advance(window);
  }

  /** The playlist says that nothing more comes. */
  public synchronized LiveChannel end() {
    ended = true;
    return this;
  }

  /** The playlist says that nothing more comes once its last segment is listed. */
  public synchronized LiveChannel endAtLast() {
    endsAtLast = true;
    return this;
  }

  /** How many segments are yet to appear. */
  public synchronized int coming() {
    return coming.size();
  }

  /** The playlist as it is now. */
  @Override
  public synchronized Answer apply(Request request) {
    while (!coming.isEmpty() && !clock.instant().isBefore(nextAppears())) {
      appeared = nextAppears();
      advance(1);
    }
    Answer answer = Answer.text("live.m3u8", text());
    if (still > 0) {
      still--;
    } else {
      advance(eachLoad);
    }
    Optional.ofNullable(steps.poll()).ifPresent(step -> step.accept(this));
    return answer;
  }

  private Instant nextAppears() {
    return appeared.plusMillis(Math.round(coming.element().seconds() * 1000));
  }

  private String text() {
    List<String> head = new ArrayList<>();
    head.add("#EXT-X-MEDIA-SEQUENCE:" + sequence);
    head.add("#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuities);
    if (window == EVENT) {
      head.add("#EXT-X-PLAYLIST-TYPE:EVENT");
    }
    String text = ListedSegment.playlist(target, head, List.copyOf(listed));
    return ended || (endsAtLast && coming.isEmpty()) ? text + END_LIST + "\n" : text;
  }

  /** The oldest leaves; its key and its initialization section still hold for those after it. */
  private void leave() {
    ListedSegment oldest = listed.remove();
    sequence++;
    if (oldest.tags().contains(DISCONTINUITY)) {
      discontinuities++;
    }
    Deque<ListedSegment> heirs = listed.isEmpty() ? coming : listed;
    if (!heirs.isEmpty()) {
      heirs.push(inherit(oldest, heirs.remove()));
    }
  }

  private static ListedSegment inherit(ListedSegment oldest, ListedSegment heir) {
    List<String> tags = new ArrayList<>();
    for (String tag : oldest.tags()) {
      for (String lasting : LASTING) {
        if (tag.startsWith(lasting)
            && heir.tags().stream().noneMatch(it -> it.startsWith(lasting))) {
          tags.add(tag);
        }
      }
    }
    tags.addAll(heir.tags());
    return new ListedSegment(tags, heir.seconds(), heir.uri());
  }
}
