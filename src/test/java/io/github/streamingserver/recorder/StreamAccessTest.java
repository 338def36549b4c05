package io.github.streamingserver.recorder;

import static io.github.streamingserver.recorder.FakeOrigin.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import io.github.streamingserver.resolver.ResolvedMedia;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamAccessTest {
  private static final MediaSource.Hls FIRST =
      HlsRun.source(RecorderId.HLS_LIVE, "720p", "480p", "360p");
  private static final ResolvedMedia SECOND =
      HlsRun.media(HlsRun.source(RecorderId.HLS_LIVE, "720p-new"));

  private static final StreamFailure AWAY = new StreamFailure.TimedOut("nobody is there");
  private static final StreamFailure REFUSED = new StreamFailure.Forbidden("go away");

  private final HlsRun run = new HlsRun();
  private final Deque<CompletableFuture<ResolvedMedia>> asked = new ArrayDeque<>();
  private final StreamAccess access =
      new StreamAccess(
          HlsRun.media(FIRST),
          FIRST,
          false,
          () -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
          },
          run.opener(),
          run.wall,
          run.time,
          Duration.ofMinutes(1));

  @AfterEach
  void close() {
    run.close();
  }

  private boolean done(CompletionStage<Boolean> asked) {
    run.time.settle();
    return asked.toCompletableFuture().join();
  }

  private String variant() {
    return access.route().variant().url().getPath();
  }

  @Test
  void allWhoAreRefusedAtOnceGetOneAnswer() {
    CompletableFuture<Boolean> one = access.renew().toCompletableFuture();
    CompletableFuture<Boolean> two = access.renew().toCompletableFuture();
    assertThat(asked).hasSize(1);
    asked.getLast().complete(SECOND);
    assertThat(one.join()).isTrue();
    assertThat(two.join()).isTrue();
    assertThat(variant()).isEqualTo("/720p-new.m3u8");
  }

  @Test
  void renewsOnceAMinute() {
    access.renew();
    asked.getLast().complete(SECOND);
    run.pass(59);
    assertThat(access.renew().toCompletableFuture().join()).isFalse();
    run.pass(1);
    access.renew();
    assertThat(asked).hasSize(2);
  }

  @Test
  void renewsAfterAMinuteThoughTheClockWasSetBack() {
    access.renew();
    asked.getLast().complete(SECOND);
    run.setClock(Duration.ofDays(-1));
    run.pass(61);
    access.renew();
    assertThat(asked).hasSize(2);
  }

  private ResolvedMedia expiring(int seconds) {
    return new ResolvedMedia(
        SECOND.source(),
        SECOND.session(),
        SECOND.quality(),
        Optional.of(run.wall.instant().plusSeconds(seconds)));
  }

  private void passing(int seconds) {
    run.pass(seconds);
    access.keepFresh();
  }

  @ParameterizedTest
  @CsvSource({
    "60, 45", "8, 6", "86400, 64800", // a quarter is left
    "2, 2", "0, 2", "-60, 2" // a site has some peace
  })
  void addressesAreRenewedBeforeTheyExpire(long expire, long renewed) {
    assertThat(StreamAccess.renewedAfter(Duration.ofSeconds(expire)))
        .isEqualTo(Duration.ofSeconds(renewed));
  }

  @Test
  void addressesExpireByTheClockAsItIsNow() {
    run.setClock(Duration.ofDays(20_000));
    access.renew();
    asked.getLast().complete(expiring(60));
    run.time.settle();
    passing(44);
    assertThat(asked).hasSize(1);
    passing(1);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatDoesNotExpireIsLeftAlone() {
    passing(1_000_000);
    assertThat(asked).isEmpty();
  }

  @Test
  void eachSetOfAddressesIsRenewedInItsTurn() {
    access.renew();
    asked.getLast().complete(expiring(40));
    passing(29);
    assertThat(asked).hasSize(1);
    passing(1);
    passing(1);
    assertThat(asked).as("not again while that is on its way").hasSize(2);
    asked.getLast().complete(expiring(40));
    passing(29);
    assertThat(asked).hasSize(2);
    passing(1);
    assertThat(asked).hasSize(3);
  }

  @Test
  void aRefusalIsNoLessAnswered() {
    access.renew();
    asked.getLast().complete(expiring(120));
    passing(90);
    asked.getLast().completeExceptionally(new StreamException(REFUSED));
    passing(30);
    assertThat(asked).as("a site that refuses us is left alone").hasSize(2);
    access.renew();
    assertThat(asked).hasSize(3);
    asked.getLast().completeExceptionally(new StreamException(REFUSED));
    run.pass(59);
    access.renew();
    assertThat(asked).hasSize(3);
  }

  /** A site that nobody could reach was not bothered. */
  @Test
  void whatNobodyAnsweredIsAskedForAgainSoonAndThenLessOften() {
    access.renew();
    for (int pause : List.of(5, 10, 15, 15)) {
      asked.getLast().completeExceptionally(new StreamException(AWAY));
      int before = asked.size();
      run.pass(pause - 1);
      access.renew();
      assertThat(asked).hasSize(before);
      run.pass(1);
      access.renew();
      assertThat(asked).hasSize(before + 1);
    }
    asked.getLast().complete(SECOND);
    run.pass(59);
    access.renew();
    assertThat(asked).as("once a minute where it is answered").hasSize(5);
  }

  @Test
  void addressesThatExpireAreAskedForAgainSoon() {
    access.renew();
    asked.getLast().complete(expiring(120));
    passing(90);
    asked.getLast().completeExceptionally(new StreamException(AWAY));
    passing(4);
    assertThat(asked).hasSize(2);
    passing(1);
    assertThat(asked).hasSize(3);
  }

  @Test
  void whatCannotBeResolvedNowChangesNothing() {
    CompletableFuture<Boolean> renewed = access.renew().toCompletableFuture();
    asked.getLast().completeExceptionally(new IllegalStateException("site is down"));
    assertThat(renewed.join()).isFalse();
    assertThat(variant()).isEqualTo("/720p.m3u8");
  }

  @Test
  void protectionIsTold() {
    StreamFailure drm = new StreamFailure.DrmProtected(DrmScheme.WIDEVINE);
    CompletableFuture<Boolean> renewed = access.renew().toCompletableFuture();
    asked.getLast().completeExceptionally(new StreamException(drm));
    assertThat(StreamException.failureOf(renewed.exceptionNow())).isEqualTo(drm);
  }

  @Test
  void aMasterThatComesLateDoesNotBringAnOldSessionBack() {
    CompletableFuture<Answer> master = new CompletableFuture<>();
    run.origin.always("master.m3u8", new Answer.Later(master));
    CompletableFuture<Boolean> reopened = access.reopen().toCompletableFuture();
    access.renew();
    asked.getLast().complete(SECOND);
    HttpSession session = access.route().session();
    master.complete(text(run.playlist("s", 1, 5)));
    assertThat(done(reopened)).isTrue();
    assertThat(variant()).isEqualTo("/720p-new.m3u8");
    assertThat(access.route().session()).isSameAs(session);
  }

  @Test
  void theMasterLeadsToAnotherAddress() {
    run.origin.always("master.m3u8", text(run.playlist("s", 1, 5)));
    assertThat(done(access.reopen())).isTrue();
    assertThat(variant()).isEqualTo("/master.m3u8");
  }

  @Test
  void aMasterThatIsAwayChangesNothing() {
    assertThat(done(access.reopen())).isFalse();
    assertThat(variant()).isEqualTo("/720p.m3u8");
  }

  @Test
  void variantsFollowEachOtherAndEnd() {
    StreamAccess.Route first = access.route();
    StreamAccess.Route last = first.next().orElseThrow().next().orElseThrow();
    access.use(first, last);
    assertThat(variant()).isEqualTo("/360p.m3u8");
    assertThat(last.next()).isEmpty();
  }
}
