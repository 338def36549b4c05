package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that expires while its site can't be reached. */
class RenewalOutageTest {
  private static final Duration BACK = Duration.ofSeconds(230);

  private final HlsRun run = new HlsRun();

  @AfterEach
  void close() {
    run.close();
  }

  /** What nobody answers is no refusal: the recording waits as for any outage. */
  @Test
  void isRenewedOnceTheSiteIsBack() {
    expiresAtOnce(new StreamFailure.TimedOut("nobody is there"));
    run.pass(300);
    assertThat(run.failure()).isEmpty();
    assertThat(run.folder()).isEqualTo("new");
    assertThat(run.whole().getLast()).isBetween(run.edge() - 1, run.edge());
  }

  /** Not only when a minute is over: until then each segment that leaves the window is lost. */
  @Test
  void isRenewedSoonOnceTheSiteIsBack() {
    expiresAtOnce(new StreamFailure.TimedOut("nobody is there"));
    run.pass(220);
    assertThat(run.failure()).isEmpty();
    assertThat(run.folder()).isEqualTo("new");
  }

  @Test
  void endsWhereTheSiteGivesNoOtherSession() {
    expiresAtOnce(new StreamFailure.Forbidden("go away"));
    run.pass(300);
    assertThat(run.failure()).containsInstanceOf(StreamFailure.Forbidden.class);
  }

  private void expiresAtOnce(StreamFailure answer) {
    run.channel("720p", "old");
    run.segments("old", 90, 200);
    run.channel("720p-new", "new");
    run.segments("new", 90, 200);
    run.resolver =
        () ->
            run.time.elapsed().compareTo(BACK) < 0
                ? CompletableFuture.failedFuture(new StreamException(answer))
                : CompletableFuture.completedFuture(
                    HlsRun.media(HlsRun.source(RecorderId.HLS_LIVE, "720p-new")));
    run.start(HlsRun.source(RecorderId.HLS_LIVE, "720p"));
    run.pass(30);
    run.origin.always("720p.m3u8", new Answer.Status(403));
  }
}
