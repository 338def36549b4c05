package io.github.streamingserver.recorder;

import static io.github.streamingserver.recorder.FakeOrigin.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a live recording goes on in another variant. */
class VariantFallbackTest {
  private static final Answer UNAVAILABLE = new Answer.Status(503);

  private final HlsRun run = new HlsRun();

  @AfterEach
  void close() {
    run.close();
  }

  private void record(String... variants) {
    run.start(HlsRun.source(RecorderId.HLS_LIVE, variants));
  }

  private void twoQualities() {
    run.channel("720p", "high");
    run.channel("480p", "low");
    run.segments("high", 90, 200);
    run.segments("low", 90, 200);
  }

  /** A channel whose first segment is dated, and whose numbers are {@code more} than another's. */
  private void dated(String name, String folder, int more) {
    run.origin.answers(
        name + ".m3u8",
        () -> {
          Instant first = VirtualScheduler.BEGIN.plus(Duration.ofSeconds((run.edge() - 105) * 6));
          return text(
              run.playlist(folder, run.edge() - 5 + more, run.edge() + more)
                  .replaceFirst("#EXTINF", "#EXT-X-PROGRAM-DATE-TIME:" + first + "\n#EXTINF"));
        });
  }

  @Test
  void aVariantThatFailsIsLeftForTheNextWithoutLossOrRepetition() {
    twoQualities();
    record("720p", "480p");
    run.pass(30);
    run.origin.always("720p.m3u8", new Answer.Status(404));
    run.pass(7);
    assertThat(run.origin.asked("480p.m3u8")).isZero();
    run.pass(50);
    assertThat(run.folder()).isEqualTo("low");
    run.assertThatNothingIsMissing();
  }

  @Test
  void whereTheNextVariantFailsTooTheOneAfterItIsTaken() {
    run.channel("720p", "high");
    run.channel("360p", "least");
    run.segments("high", 90, 200);
    run.segments("least", 90, 200);
    record("720p", "480p", "360p");
    run.pass(30);
    run.origin.always("720p.m3u8", new Answer.Status(500));
    run.pass(60);
    assertThat(run.folder()).isEqualTo("least");
    run.assertThatNothingIsMissing();
  }

  @Test
  void aCopyInAnotherFolderGoesOnWhereTheFirstEnded() {
    run.channel("720p-one", "one");
    run.channel("720p-two", "two");
    run.segments("one", 90, 200);
    run.origin.answers(
        "720p-two.m3u8",
        () -> text(run.playlist("two/x", run.edge() - 5, run.edge()).replace(".ts", "-b.ts")));
    LongStream.rangeClosed(90, 200)
        .forEach(i -> run.origin.always("two/x/" + i + "-b.ts", FakeOrigin.segment("b" + i)));
    record("720p-one", "720p-two");
    run.pass(30);
    run.origin.always("720p-one.m3u8", new Answer.Status(500));
    run.pass(60);
    assertThat(run.folder()).isEqualTo("two");
    run.assertThatNothingIsMissing();
  }

  @Test
  void theFirstSegmentOfAnotherVariantIsDiscontinuousThoughItComesLate() {
    twoQualities();
    run.origin.answers(
        "480p.m3u8", () -> text(run.playlist("low", run.edge() - 8, run.edge() - 3)));
    record("720p", "480p");
    run.pass(30);
    run.origin.always("720p.m3u8", UNAVAILABLE);
    run.pass(60);
    assertThat(run.whole()).containsSequence(104L, 105L, 106L, 107L).doesNotHaveDuplicates();
    assertThat(run.pieces)
        .filteredOn(piece -> piece instanceof Piece.Begin(var part) && part.discontinuity())
        .map(piece -> ((Piece.Begin) piece).part().sequence())
        .containsExactly(106L);
  }

  @Test
  void aSegmentOnItsWayIsNotTakenForOneOfTheSameNumberElsewhere() {
    twoQualities();
    dated("720p", "high", 0);
    dated("480p", "low", 2);
    run.origin.always("high/105.ts", UNAVAILABLE);
    record("720p", "480p");
    run.pass(30);
    run.origin.always("720p.m3u8", UNAVAILABLE);
    run.pass(60);
    assertThat(run.lost()).containsExactly(105L);
    assertThat(run.origin.asked("low/105.ts")).isZero();
    assertThat(run.whole()).containsSequence(103L, 104L, 108L, 109L).doesNotHaveDuplicates();
  }
}
