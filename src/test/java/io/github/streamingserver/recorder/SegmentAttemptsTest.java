package io.github.streamingserver.recorder;

import static io.github.streamingserver.recorder.FakeOrigin.packets;
import static io.github.streamingserver.recorder.FakeOrigin.segment;
import static io.github.streamingserver.recorder.FakeOrigin.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of segments that are hard to get. */
class SegmentAttemptsTest {
  private static final Answer UNAVAILABLE = new Answer.Status(503);
  private static final Answer FORBIDDEN = new Answer.Status(403);

  private final HlsRun run = new HlsRun();
  private final AtomicInteger resolved = new AtomicInteger();

  @BeforeEach
  void resolveToOthers() {
    run.resolver =
        () -> {
          resolved.incrementAndGet();
          return CompletableFuture.completedFuture(
              HlsRun.media(HlsRun.source(RecorderId.HLS_LIVE, "720p-new")));
        };
  }

  @AfterEach
  void close() {
    run.close();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void live() {
    run.channel("720p", "old");
    run.segments("old", 90, 200);
    run.channel("720p-new", "new");
    run.segments("new", 90, 200);
    run.start(HlsRun.source(RecorderId.HLS_LIVE, "720p"));
  }

  /** A finished stream of segments 0 to 9; the first ones answer 403 where they were. */
  private void expiredFilm() {
    run.segments("old", 0, 9);
    run.segments("new", 0, 9);
    LongStream.range(3, 9).forEach(i -> run.origin.always("old/" + i + ".ts", FORBIDDEN));
    run.origin.always("720p.m3u8", text(run.playlist("old", 0, 9, "#EXT-X-ENDLIST")));
    run.origin.always("720p-new.m3u8", text(run.playlist("new", 0, 9, "#EXT-X-ENDLIST")));
  }

  private void recordFilm() {
    run.start(HlsRun.source(RecorderId.HLS_BASIC, "720p"));
    run.pass(20);
  }

  @Test
  void pollsGoOnWhileASegmentIsRetried() {
    run.origin.always("old/101.ts", UNAVAILABLE);
    live();
    run.origin.always("old/101.ts", UNAVAILABLE);
    run.pass(24);
    assertThat(run.whole()).isEqualTo(numbers(96, 100));
    assertThat(run.origin.asked("720p.m3u8")).isEqualTo(5);
    run.segments("old", 101, 101);
    run.pass(10);
    assertThat(run.whole()).isEqualTo(numbers(96, 105));
    assertThat(run.lost()).isEmpty();
  }

  @Test
  void whatIsNotThereThreeTimesIsLost() {
    live();
    run.origin.always("old/101.ts", new Answer.Status(404));
    run.pass(30);
    assertThat(run.lost()).containsExactly(101L);
    assertThat(run.origin.asked("old/101.ts")).isEqualTo(3);
    assertThat(run.whole()).isEqualTo(numbers(96, 105).stream().filter(i -> i != 101).toList());
  }

  @Test
  void whatIsNoLongerListedIsTriedOnceMore() {
    live();
    run.origin.always("old/101.ts", UNAVAILABLE);
    run.pass(34);
    assertThat(run.lost()).isEmpty();
    run.pass(18);
    assertThat(run.lost()).containsExactly(101L);
    long asked = run.origin.asked("old/101.ts");
    run.pass(30);
    assertThat(run.origin.asked("old/101.ts")).isEqualTo(asked);
    assertThat(run.whole()).contains(102L, 110L).doesNotHaveDuplicates();
  }

  @Test
  void whatBreaksOffBeginsAgain() {
    live();
    run.origin.script(
        "old/101.ts", new Answer.Broken(packets("old101").take(100)), segment("old101"));
    run.pass(12);
    Piece whole = new Piece.Data(packets("old101"));
    List<Piece> after =
        run.pieces.stream().dropWhile(piece -> !(piece instanceof Piece.Rollback)).toList();
    assertThat(after)
        .startsWith(after.getFirst(), new Piece.Length(packets("old101").size()), whole);
    assertThat(run.whole()).isEqualTo(numbers(96, 102));
  }

  private static ByteString bytes(String letter, int count) {
    return ByteString.fromString(letter.repeat(count));
  }

  private String data(long sequence) {
    return run.pieces.stream()
        .dropWhile(it -> !(it instanceof Piece.Begin(var part) && part.sequence() == sequence))
        .takeWhile(it -> !(it instanceof Piece.End || it instanceof Piece.Lost))
        .map(it -> it instanceof Piece.Data(var bytes) ? bytes.utf8String() : "")
        .collect(Collectors.joining());
  }

  /** Two variants with the same numbers; a segment of the first breaks off, and then all of it. */
  private void breaksOffForGood(ByteString whole, ByteString other) {
    run.channel("720p", "old");
    run.channel("480p", "low");
    run.segments("old", 90, 200);
    run.segments("low", 90, 200);
    run.start(HlsRun.muxed(HlsRun.source(RecorderId.HLS_LIVE, "720p", "480p")));
    run.origin.script(
        "old/101.ts", new Answer.BrokenAt(whole, 400), new Answer.Nothing(), new Answer.Nothing());
    run.origin.always("low/101.ts", new Answer.BrokenAt(other, other.size()));
    run.pass(10);
    assertThat(run.origin.asked("old/101.ts")).isGreaterThan(1);
    run.origin.always("720p.m3u8", UNAVAILABLE);
    run.pass(40);
  }

  @Test
  void whatBreaksOffIsGoneOnWithWhereItCannotBeTakenBack() {
    run.channel("720p", "old");
    run.segments("old", 90, 200);
    run.start(HlsRun.muxed(HlsRun.source(RecorderId.HLS_LIVE, "720p")));
    ByteString whole = bytes("a", 1000);
    run.origin.script(
        "old/101.ts", new Answer.BrokenAt(whole, 400), new Answer.BrokenAt(whole, 1000));
    run.pass(12);
    assertThat(data(101)).isEqualTo("a".repeat(1000));
    assertThat(run.whole()).isEqualTo(numbers(96, 102));
  }

  @Test
  void whatBreaksOffIsNotGoneOnWithInAnotherVariant() {
    breaksOffForGood(bytes("a", 1000), bytes("b", 1600));
    assertThat(data(101)).isEqualTo("a".repeat(400));
    assertThat(run.lost()).containsExactly(101L);
    assertThat(run.folder()).isEqualTo("low");
    assertThat(run.whole()).contains(100L, 102L, 103L).doesNotContain(101L);
  }

  @Test
  void whatBreaksOffIsGoneOnWithInACopy() {
    breaksOffForGood(bytes("a", 1000), bytes("a", 1000));
    assertThat(data(101)).isEqualTo("a".repeat(1000));
    assertThat(run.lost()).isEmpty();
    assertThat(run.whole()).contains(100L, 101L, 102L);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 10, 20})
  void aLiveAddressThatExpiredIsFoundAgain(int target) {
    run.target = target;
    live();
    run.pass(target * 2 + 1);
    LongStream.rangeClosed(103, 200).forEach(i -> run.origin.always("old/" + i + ".ts", FORBIDDEN));
    run.pass(target * 8);
    assertThat(resolved).hasValue(1);
    assertThat(run.lost()).isEmpty();
    assertThat(run.failure()).isEmpty();
    assertThat(run.whole()).endsWith(run.edge()).doesNotHaveDuplicates();
    assertThat(run.whole()).containsAll(numbers(103, 108));
    assertThat(run.origin.asked("new/103.ts")).isEqualTo(1);
  }

  @Test
  void aSessionIsRenewedOnceAMinute() {
    live();
    run.pass(13);
    run.channel("720p-new", "old");
    LongStream.rangeClosed(103, 200).forEach(i -> run.origin.always("old/" + i + ".ts", FORBIDDEN));
    run.origin.always("720p-new.m3u8", FORBIDDEN);
    run.pass(55);
    assertThat(resolved).hasValue(1);
    run.pass(60);
    assertThat(resolved).hasValue(2);
  }

  @Test
  void aFilmWhoseAddressesExpiredIsListedAnew() {
    expiredFilm();
    recordFilm();
    assertThat(run.whole()).isEqualTo(numbers(0, 9));
    assertThat(run.isComplete()).isTrue();
    assertThat(resolved).hasValue(1);
    assertThat(run.origin.asked("720p-new.m3u8")).isEqualTo(1);
  }

  @Test
  void aHiccupWhileAFilmIsListedAnewCostsNothing() {
    expiredFilm();
    run.origin.script(
        "720p-new.m3u8", UNAVAILABLE, text(run.playlist("new", 0, 9, "#EXT-X-ENDLIST")));
    recordFilm();
    assertThat(run.failure()).isEmpty();
    assertThat(run.lost()).isEmpty();
    assertThat(run.whole()).isEqualTo(numbers(0, 9));
    assertThat(resolved).hasValue(1);
  }

  @Test
  void aFilmThatIsRefusedForGoodEndsAsForbidden() {
    expiredFilm();
    run.origin.always("720p-new.m3u8", text(run.playlist("old", 0, 9, "#EXT-X-ENDLIST")));
    recordFilm();
    run.pass(400);
    assertThat(run.failure().orElseThrow().errorId()).isEqualTo(ErrorId.FORBIDDEN);
    assertThat(run.whole()).isEqualTo(numbers(0, 2));
  }

  @Test
  void protectionThatShowsWhileAFilmIsLookedForEndsIt() {
    expiredFilm();
    StreamFailure drm = new StreamFailure.DrmProtected(DrmScheme.WIDEVINE);
    run.resolver = () -> CompletableFuture.failedFuture(new StreamException(drm));
    recordFilm();
    assertThat(run.failure()).contains(drm);
    assertThat(run.whole()).isEqualTo(numbers(0, 2));
  }
}
