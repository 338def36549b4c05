package io.github.streamingserver.testkit;

import io.github.streamingserver.testkit.Origin.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A live channel that repeats a small clip for hours, and remembers what each request got: enough
 * to tell of a lost segment whether it could have been had.
 */
public final class SoakChannel {
  /** Segments that are listed at a time. */
  public static final int WINDOW = 10;

  /** Of one segment. */
  public static final Duration SEGMENT = Duration.ofSeconds(2);

  private static final long PLAYLIST = -1;
  private static final int CLIP_SECONDS = 600;

  /** A try that ends later than so long before the segment leaves has no time for another. */
  private static final Duration TRY = Duration.ofSeconds(2);

  private final List<ListedSegment> clip = ListedSegment.in(clip());
  private final String path;
  private final InstantSource time;
  private final Duration idle;
  private final Instant begun;
  private final List<Asked> asked = new ArrayList<>();

  /** A request for a segment or the playlist, and what went wrong with it. */
  private record Asked(Instant at, long segment, Fault fault) {}

  /**
   * Has {@code origin} serve it.
   *
   * @param lasts nothing new comes afterwards
   * @param idle after which the server gives a stalled request up
   */
  public SoakChannel(Origin origin, int number, Duration lasts, Duration idle, InstantSource time) {
    this.path = "soak/" + number;
    this.time = time;
    this.idle = idle;
    long count = WINDOW + lasts.dividedBy(SEGMENT);
    List<ListedSegment> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int inClip = i % clip.size();
      String name = "s" + inClip + ".ts?n=" + i;
      ListedSegment segment = new ListedSegment(List.of(), SEGMENT.toSeconds(), name);
      all.add(inClip == 0 && i > 0 ? segment.with(ListedSegment.DISCONTINUITY) : segment);
    }
    begun = time.instant();
    LiveChannel live = new LiveChannel(WINDOW, SEGMENT.toSeconds());
    live.add(all).advance(WINDOW).advanceInTime(time);
    origin.mount(path, clip());
    origin.route(playlist(), live);
  }

  /** What is repeated: {@code s0.ts …}, each a picture of its own. */
  public static Path clip() {
    return MediaStore.folder(
        "soak-" + CLIP_SECONDS,
        folder ->
            Encoder.encode(
                folder,
                "160x90",
                CLIP_SECONDS,
                Encoder.hls("s%d.ts", "-hls_time", "2", "-b:v", "60k", "-b:a", "32k")));
  }

  /** Where its playlist is. */
  public String playlist() {
    return path + "/live.m3u8";
  }

  /** Whether {@code request} is for this channel. */
  public boolean has(Request request) {
    return request.path().startsWith("/" + path + "/");
  }

  /** Remembers a request. */
  public synchronized void asked(Request request, Fault fault) {
    String query = request.query();
    long segment = query.startsWith("n=") ? Long.parseLong(query.substring(2)) : PLAYLIST;
    asked.add(new Asked(time.instant(), segment, fault));
  }

  /** The first segment that was asked for. */
  public synchronized long first() {
    return asked.stream()
        .mapToLong(Asked::segment)
        .filter(segment -> segment != PLAYLIST)
        .min()
        .orElse(0);
  }

  /** The last segment that was listed at {@code moment}. */
  public long last(Instant moment) {
    return Duration.between(begun, moment).dividedBy(SEGMENT) + WINDOW - 1;
  }

  /**
   * Whether a try more would have found the segment still listed: after the last one that failed,
   * or, where none was made, after a playlist that named it.
   */
  public synchronized boolean wasRecoverable(long segment) {
    Instant leaves = leaves(segment).minus(TRY);
    List<Asked> tries = asked.stream().filter(it -> it.segment() == segment).toList();
    return tries.isEmpty()
        ? playlists(segment).stream()
            .anyMatch(it -> it.fault() instanceof Fault.None && it.at().isBefore(leaves))
        : ended(tries.getLast()).isBefore(leaves);
  }

  private List<Asked> playlists(long segment) {
    Instant appears = leaves(segment).minus(SEGMENT.multipliedBy(WINDOW));
    return asked.stream()
        .filter(it -> it.segment() == PLAYLIST)
        .filter(it -> !it.at().isBefore(appears) && it.at().isBefore(leaves(segment)))
        .toList();
  }

  /** What was asked for it and when, in seconds before it left. */
  public synchronized String history(long segment) {
    List<Asked> tries = asked.stream().filter(it -> it.segment() == segment).toList();
    StringBuilder text = new StringBuilder(path + " segment " + segment);
    for (Asked one : tries.isEmpty() ? playlists(segment) : tries) {
      long left = Duration.between(one.at(), leaves(segment)).toMillis();
      text.append("; ").append(one.segment() == PLAYLIST ? "playlist " : "");
      text.append(one.fault().getClass().getSimpleName());
      text.append(" %.1f s before it left".formatted(left / 1000.0));
    }
    return text.toString();
  }

  private Instant leaves(long segment) {
    return begun.plus(SEGMENT.multipliedBy(segment + 1));
  }

  private Instant ended(Asked one) {
    boolean waits = one.fault() instanceof Fault.StallAfter || one.fault() instanceof Fault.Silence;
    return waits ? one.at().plus(idle) : one.at();
  }
}
