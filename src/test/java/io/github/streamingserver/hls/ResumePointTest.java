package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumePointTest {
  private static final Duration SIX = Duration.ofSeconds(6);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** Taken up to segment 14 of a/; segments are 6 s long. */
  @ParameterizedTest(name = "{0}-{1} in {2} after {3} s: {4}, {5} lost")
  @CsvSource({
    "10, 14, a, 3,   '',      0", // nothing new
    "12, 17, a, 10,  15-17,   0", // what came meanwhile
    "15, 20, a, 30,  15-20,   0", // just in time
    "20, 25, a, 60,  20-25,   5", // five are gone, by number
    "0, 5,   b, 30,  0-5,     0", // another session counts anew: a window as long as the time away
    "0, 5,   b, 96,  0-5,     10", // of the rest, time tells
    // where the clock was behind or is, nobody knows how long it was: numbers tell
    "20, 25, a, -300,       20-25, 5",
    "20, 25, a, -31536000,  20-25, 5",
    "20, 25, b, -300,       20-25, 5",
    "20, 25, a, 1767225600, 20-25, 5",
    "0, 5,   b, -300,       0-5,   0",
    "0, 5,   b, 1767225600, 0-5,   0",
  })
  void goesOnInAChannel(long first, long last, String folder, long away, String fresh, long lost) {
    LiveWindow.Advance advance =
        point(10, 14).resume(channel(first, last, folder), true, true, Duration.ofSeconds(away));
    assertThat(shown(advance)).isEqualTo(fresh);
    assertThat(advance.lostSegments()).isEqualTo(lost);
    assertThat(advance.lostDuration()).isEqualTo(SIX.multipliedBy(lost));
  }

  /** To begin with segment 12 of a/, of which nothing was got. */
  @ParameterizedTest(name = "{0}-{1} in {2}, same: {3}, after {4} s: {5}, {6} lost")
  @CsvSource({
    "10, 14, a, true,  3,  12-14, 0", // as if nothing had been
    "12, 17, a, true,  10, 12-17, 0", // just in time
    "15, 20, a, true,  30, 15-20, 3", // three are gone, by number
    "15, 20, b, false, 30, 15-20, 3", // of another variant
    "10, 14, b, false, 3,  12-14, 0",
    "0, 5,   b, true,  96, 0-5,   10", // another session: time tells
    "15, 20, b, false, -300, 15-20, 3",
    "900, 905, b, false, -300, 900-905, 0", // nothing tells
  })
  void beginsInAChannelWhereItWasToBegin(
      long first, long last, String folder, boolean same, long away, String fresh, long lost) {
    LiveWindow.Advance advance =
        front(12).resume(channel(first, last, folder), true, same, Duration.ofSeconds(away));
    assertThat(shown(advance)).isEqualTo(fresh);
    assertThat(advance.lostSegments()).isEqualTo(lost);
  }

  @Test
  void beginsByNumberWhereAllHaveOneName() {
    ResumePoint point = front(queried(10), 12);
    LiveWindow.Advance advance = point.resume(queried(15), true, true, Duration.ofSeconds(30));
    assertThat(shown(advance)).isEqualTo("15-19");
    assertThat(advance.lostSegments()).isEqualTo(3);
  }

  /** Five segments that only their query tells apart. */
  private static MediaPlaylist queried(long first) {
    return (MediaPlaylist) Texts.parse(text(first, first + 4, "a").replaceAll("a(\\d+)", "a?n=$1"));
  }

  /** Where a new session counts anew, and broadcasts the same. */
  @ParameterizedTest(name = "seconds {0} on after {3} s: number {1}, {2} lost")
  @CsvSource({"60, 2, 0, 30", "72, 0, 0, 30", "84, 0, 2, 30", "84, 0, 2, -300"})
  void beginsByTheClockWhereItWasToBegin(long second, long from, long lost, long away) {
    ResumePoint point = front((MediaPlaylist) Texts.parse(timed(10, 60, "a")), 12);
    LiveWindow.Advance advance =
        point.resume(
            (MediaPlaylist) Texts.parse(timed(0, second, "b")),
            true,
            true,
            Duration.ofSeconds(away));
    assertThat(advance.fresh().getFirst().sequence()).isEqualTo(from);
    assertThat(advance.lostSegments()).isEqualTo(lost);
  }

  /** Five segments from this second of an hour on, each with its time. */
  private static String timed(long first, long second, String folder) {
    return "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:%d\n".formatted(first)
        + LongStream.range(0, 5)
            .mapToObj(
                i ->
                    "#EXT-X-PROGRAM-DATE-TIME:%s\n#EXTINF:6,\nhttp://host/%s/%d.ts\n"
                        .formatted(NOON.plusSeconds(second + 6 * i), folder, first + i))
            .collect(Collectors.joining());
  }

  private static ResumePoint front(long sequence) {
    return front(channel(10, 14, "a"), sequence);
  }

  private static ResumePoint front(MediaPlaylist playlist, long sequence) {
    int index = (int) (sequence - playlist.mediaSequence());
    Segment segment = playlist.segments().get(index);
    return ResumePoint.before(
        new Place(playlist.mediaSequence(), SIX.multipliedBy(index + 1), segment));
  }

  @Test
  void takesNothingTwiceWhereANewSessionCountsAnew() {
    ResumePoint point = point(10, 14);
    String text =
        "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
            + LongStream.rangeClosed(12, 17)
                .mapToObj("#EXTINF:6,\nhttp://host/a/a%d.ts\n"::formatted)
                .collect(Collectors.joining());
    LiveWindow.Advance advance =
        point.resume((MediaPlaylist) Texts.parse(text), true, true, Duration.ofSeconds(20));
    assertThat(advance.fresh()).extracting(Segment::rawUri).first().asString().contains("a15.ts");
    assertThat(advance.fresh()).hasSize(3);
    assertThat(advance.lostSegments()).isZero();
  }

  /** Taken up to the end of second 30; other renditions may be cut elsewhere. */
  @ParameterizedTest(name = "segments of {0} s: from {1} on")
  @CsvSource({"6, 5", "10, 3", "4, 7", "7, 4", "30, 1", "29.8, 1", "30.3, 1", "40, 0", "15, 2"})
  void goesOnInWhatIsCompleteByItsTime(String seconds, int index) {
    String text =
        "#EXTM3U\n#EXT-X-TARGETDURATION:40\n"
            + LongStream.range(0, 12)
                .mapToObj(i -> "#EXTINF:%s,\n%d.ts\n".formatted(seconds, i))
                .collect(Collectors.joining())
            + "#EXT-X-ENDLIST\n";
    LiveWindow.Advance advance =
        point(0, 4).resume((MediaPlaylist) Texts.parse(text), false, false, Duration.ZERO);
    assertThat(advance.fresh().getFirst().sequence()).isEqualTo(index);
    assertThat(advance.lostSegments()).isZero();
  }

  /** Of twenty segments, taken up to number 5, or before it, by number however short they are. */
  @ParameterizedTest(name = "segments of {0} s, number 5 taken: {1}: from {2} on")
  @CsvSource({
    "4, true, 6",
    "0.4, true, 6",
    "0.2, true, 6",
    "0, true, 6",
    "4, false, 5",
    "0.2, false, 5"
  })
  void goesOnInTheSamePlaylistByNumber(String seconds, boolean taken, int index) {
    MediaPlaylist whole = whole(seconds, "a.test/x?t=1");
    Segment last = whole.segments().get(5);
    Place place = new Place(0, last.duration().multipliedBy(6), last);
    ResumePoint point =
        taken ? ResumePoint.behind(Optional.empty(), place) : ResumePoint.before(place);
    LiveWindow.Advance advance = point.resume(whole(seconds, "a.test/y?t=2"), false, true, SIX);
    assertThat(advance.fresh().getFirst().sequence()).isEqualTo(index);
  }

  /** What is at other addresses may be cut elsewhere: time tells. */
  @Test
  void goesOnByTimeWhereNumbersMeanSomethingElse() {
    Segment last = whole("4", "a.test/x?").segments().get(5);
    ResumePoint point =
        ResumePoint.behind(Optional.empty(), new Place(0, Duration.ofSeconds(24), last));
    LiveWindow.Advance advance = point.resume(whole("2", "b.test/x?"), false, true, SIX);
    assertThat(shown(advance)).isEqualTo("12-19");
  }

  private static MediaPlaylist whole(String seconds, String place) {
    return (MediaPlaylist)
        Texts.parse(
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n"
                + LongStream.range(0, 20)
                    .mapToObj(
                        i ->
                            "#EXTINF:%s,\nhttp://%s\n"
                                .formatted(seconds, place.replace("?", "/" + i + ".ts?")))
                    .collect(Collectors.joining())
                + "#EXT-X-ENDLIST\n");
  }

  @Test
  void hasNothingLeftOfWhatIsAllTaken() {
    MediaPlaylist whole = (MediaPlaylist) Texts.parse(text(0, 4, "a") + "#EXT-X-ENDLIST\n");
    assertThat(point(0, 4).resume(whole, false, true, SIX).fresh()).isEmpty();
  }

  @Test
  void remembersTheLastFewSegments() {
    assertThat(point(0, 9).tail()).extracting(Segment::sequence).containsExactly(6L, 7L, 8L, 9L);
  }

  private static ResumePoint point(long first, long last) {
    MediaPlaylist playlist = channel(first, last, "a");
    Optional<ResumePoint> point = Optional.empty();
    Duration end = Duration.ZERO;
    for (Segment segment : playlist.segments()) {
      end = end.plus(segment.duration());
      point = Optional.of(ResumePoint.behind(point, new Place(first, end, segment)));
    }
    return point.orElseThrow();
  }

  private static MediaPlaylist channel(long first, long last, String folder) {
    return (MediaPlaylist) Texts.parse(text(first, last, folder));
  }

  private static String text(long first, long last, String folder) {
    return "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:%d\n".formatted(first)
        + LongStream.rangeClosed(first, last)
            .mapToObj(i -> "#EXTINF:6,\nhttp://host/%s/%s%d.ts\n".formatted(folder, folder, i))
            .collect(Collectors.joining());
  }

  private static String shown(LiveWindow.Advance advance) {
    List<Segment> fresh = advance.fresh();
    return fresh.isEmpty() ? "" : fresh.getFirst().sequence() + "-" + fresh.getLast().sequence();
  }
}
