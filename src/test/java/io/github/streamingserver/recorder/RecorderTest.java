package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalPage;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.testkit.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder does as time passes. */
class RecorderTest {
  private static final URI URL = URI.create("http://host/film.mp4");
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final Config CONFIG =
      ManualTime.config().withFallback(ConfigFactory.defaultReference()).resolve();

  @TempDir Path folder;
  @TempDir Path state;

  private ActorTestKit kit;
  private ManualTime time;
  private TestProbe<RecordingEvent> events;

  private volatile Instant now = NOW;

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  @BeforeEach
  void start() {
    kit = ActorTestKit.create(CONFIG);
    time = ManualTime.get(kit.system());
    events = kit.createTestProbe();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private JournalPage page() {
    try {
      return Journal.open(state).page("film");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(
      Source<Piece, NotUsed> pieces, Optional<Duration> duration, Optional<Instant> until) {
    Asked asked = Asked.of(URL, folder).buffering(5);
    duration.ifPresent(asked::lasting);
    until.ifPresent(asked::until);
    MediaSource source = new MediaSource.Progressive(URL, "mp4", "");
    RecordingTask task =
        new RecordingTask(
            asked.request(),
            new ResolvedMedia(source, HttpSession.empty(), new Quality.Best()),
            folder,
            NOW,
            Optional.empty());
    Pipeline pipeline =
        new Pipeline() {
          @Override
          public Source<Piece, NotUsed> pieces() {
            return pieces;
          }

          @Override
          public String extension() {
            return "mp4";
          }

          @Override
          public int partsBeforePlayback() {
            return 0;
          }
        };
    kit.spawn(
        Recorder.create(
            task,
            ServerSettings.create(CONFIG).recording(),
            page(),
            pipeline,
            clock(),
            events.ref()::tell));
  }

  private static Source<Piece, NotUsed> half() {
    Part part = new Part(URL, 0, 0);
    return Source.<Piece>single(new Piece.Begin(part))
        .concatLazy(Source.single(new Piece.Length(200)))
        .concatLazy(Source.single(new Piece.Data(ByteString.fromArray(new byte[100]))))
        .concatLazy(Source.maybe());
  }

  private Outcome expectEnd() {
    RecordingEvent event = events.receiveMessage();
    while (!(event instanceof Ended)) {
      event = events.receiveMessage();
    }
    return ((Ended) event).outcome();
  }

  @Test
  void tellsOfProgressOnceASecond() {
    record(half(), Optional.empty(), Optional.empty());
    events.expectMessageClass(SectionStarted.class);
    time.timePasses(Duration.ofSeconds(1));
    Progressed progressed = events.expectMessageClass(Progressed.class);
    assertThat(progressed.totals().bytes()).isEqualTo(100);
    assertThat(progressed.totalBytes()).isEqualTo(OptionalLong.of(200));
    assertThat(progressed.bytesPerSecond()).isEqualTo(100);
    time.expectNoMessageFor(Duration.ofMillis(900), events);
  }

  @Test
  void endsAfterTheDurationThatWasAskedFor() {
    record(half(), Optional.of(Duration.ofSeconds(90)), Optional.empty());
    events.expectMessageClass(SectionStarted.class);
    time.timePasses(Duration.ofSeconds(91));
    assertThat(expectEnd()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void endsAtTheEarlierOfDurationAndUntil() {
    record(half(), Optional.of(Duration.ofHours(1)), Optional.of(NOW.plusSeconds(10)));
    events.expectMessageClass(SectionStarted.class);
    time.timePasses(Duration.ofSeconds(11));
    assertThat(expectEnd()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void anEndThatNoTimerReachesIsNoObstacle() {
    record(half(), Optional.empty(), Optional.of(NOW.plus(Duration.ofDays(365_000))));
    events.expectMessageClass(SectionStarted.class);
  }

  @Test
  void endsAtItsEndWhateverTheClockSaidAtFirst() {
    // A box without a battery begins in 1970, and learns of the time from the network.
    now = Instant.EPOCH;
    record(half(), Optional.empty(), Optional.of(NOW));
    events.expectMessageClass(SectionStarted.class);
    now = NOW;
    time.timePasses(Duration.ofSeconds(601));
    assertThat(expectEnd()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void failsWhereNothingComesWithinTheStartBudget() {
    record(
        Source.<Piece>maybe().mapMaterializedValue(_ -> NotUsed.getInstance()),
        Optional.empty(),
        Optional.empty());
    time.timePasses(Duration.ofSeconds(17));
    Outcome.Failed failed = (Outcome.Failed) expectEnd();
    assertThat(failed.failure().errorId()).isEqualTo(ErrorId.TIMEOUT);
  }

  @Test
  void theStartBudgetIsOverOnceSomethingIsThere() {
    record(half(), Optional.of(Duration.ofMinutes(1)), Optional.empty());
    events.expectMessageClass(SectionStarted.class);
    time.timePasses(Duration.ofSeconds(59));
    events.fishForMessage(
        Duration.ofSeconds(5),
        event ->
            event instanceof Progressed
                ? org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                : org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.fail("ended"));
    time.timePasses(Duration.ofSeconds(2));
    assertThat(expectEnd()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void anEmptyStreamIsNoRecording() {
    record(Source.empty(), Optional.empty(), Optional.empty());
    Outcome.Failed failed = (Outcome.Failed) expectEnd();
    assertThat(failed.failure().message()).contains("empty");
  }
}
