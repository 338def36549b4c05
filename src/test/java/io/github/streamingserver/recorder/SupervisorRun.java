package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.ResolverActor;
import io.github.streamingserver.testkit.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor whose disks, addresses and streams are those of a test. */
abstract class SupervisorRun {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              "streamingserver.recording { max-concurrent = 2, stop-timeout = 1 s }")
          .withFallback(ConfigFactory.defaultReference())
          .resolve();
  private static final RecordingSettings SETTINGS = ServerSettings.create(CONFIG).recording();
  private static final Part PART = new Part(URI.create("http://host/s1.ts"), 1, 2.0);
  static final ByteString BYTES = ByteString.fromString("whole segment");

  /** For a machine that is busy otherwise. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The part at which the disk answers no more. */
  private static final long STUCK = 99;

  /** Has the disk answer again. */
  final CompletableFuture<Void> disk = new CompletableFuture<>();

  /** Complete once the disk answers no more. */
  final CompletableFuture<Void> hangs = new CompletableFuture<>();

  @TempDir Path folder;
  @TempDir Path state;

  ActorTestKit kit;
  TestProbe<ResolverActor.Command> resolver;
  TestProbe<RecordingEvent> events;
  TestProbe<StartReply> replies;
  ActorRef<RecorderSupervisor.Command> supervisor;

  /** What the next pipelines deliver, in order. */
  final LinkedBlockingQueue<Source<Piece, NotUsed>> streams = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    kit = ActorTestKit.create(CONFIG);
    resolver = kit.createTestProbe();
    events = kit.createTestProbe();
    replies = kit.createTestProbe();
    supervisor =
        kit.spawn(
            Behaviors.supervise(
                    RecorderSupervisor.create(
                        SETTINGS,
                        Journal.open(state),
                        List.of(),
                        resolver.ref(),
                        (_, _) -> pipeline(),
                        Clock.systemUTC()))
                .onFailure(SupervisorStrategy.resume()));
    supervisor.tell(new RecorderSupervisor.Subscribe(events.ref()));
  }

  @AfterEach
  void shutDown() {
    disk.complete(null);
    kit.shutdownTestKit();
  }

  /** What the next pipelines are instead. */
  volatile Optional<Supplier<RuntimeException>> broken = Optional.empty();

  private Pipeline pipeline() {
    if (broken.isPresent()) {
      throw broken.get().get();
    }
    Source<Piece, NotUsed> pieces = streams.remove();
    return new Pipeline() {
      @Override
      public Source<Piece, NotUsed> pieces() {
        return pieces;
      }

      @Override
      public Flow<Piece, Piece, NotUsed> rewriting() {
        return Flow.<Piece>create()
            .map(
                piece -> {
                  if (piece instanceof Piece.Begin(var part) && part.sequence() == STUCK) {
                    hangs.complete(null);
                    disk.join();
                  }
                  return piece;
                });
      }

      @Override
      public String extension() {
        return "ts";
      }

      @Override
      public int partsBeforePlayback() {
        return 1;
      }
    };
  }

  static Source<Piece, NotUsed> segment() {
    return Source.<Piece>single(new Piece.Begin(PART))
        .concat(Source.single(new Piece.Data(BYTES)))
        .concat(Source.single(new Piece.End(PART)));
  }

  /** A segment, and half of another that never ends. */
  static Source<Piece, NotUsed> endless() {
    return endless(PART);
  }

  /** A segment, and half of another at which the disk answers no more. */
  static Source<Piece, NotUsed> hanging() {
    return endless(new Part(URI.create("http://host/s2.ts"), STUCK, 2.0));
  }

  private static Source<Piece, NotUsed> endless(Part second) {
    return segment()
        .concat(Source.single(new Piece.Begin(second)))
        .concat(Source.single(new Piece.Data(ByteString.fromString("half"))))
        .concat(Source.maybe());
  }

  static Asked asked(String id, Path folder) {
    return Asked.of(URI.create("http://host/index.m3u8"), folder).in(id);
  }

  void ask(String id, Path into) {
    supervisor.tell(new RecorderSupervisor.Start(asked(id, into).request(), replies.ref()));
  }

  void resolve() {
    answer(resolver.expectMessageClass(ResolverActor.Resolve.class, PATIENCE));
  }

  static void answer(ResolverActor.Resolve resolve) {
    URI url = resolve.request().url();
    MediaSource source =
        new MediaSource.Hls(
            new MediaSource.Variant(url, Optional.empty(), ""),
            List.of(),
            url,
            io.github.streamingserver.model.RecorderId.HLS_BASIC,
            false,
            Map.of());
    resolve
        .replyTo()
        .tell(
            new ResolverActor.Resolved(
                new ResolvedMedia(source, HttpSession.empty(), new Quality.Best())));
  }

  void record(String id, Path into, Source<Piece, NotUsed> stream) {
    streams.add(stream);
    ask(id, into);
    resolve();
    replies.expectMessageClass(StartReply.Accepted.class);
    expectStart();
  }

  void expectStart() {
    RecordingEvent event = events.receiveMessage();
    while (event instanceof RecordingEvent.Progressed) {
      event = events.receiveMessage();
    }
    assertThat(event).isInstanceOf(SectionStarted.class);
  }

  Ended expectEnd() {
    RecordingEvent event = events.receiveMessage(PATIENCE);
    while (!(event instanceof Ended)) {
      event = events.receiveMessage(PATIENCE);
    }
    return (Ended) event;
  }

  static ErrorId errorOf(Ended ended) {
    return ((Outcome.Failed) ended.outcome()).failure().errorId();
  }

  StreamFailure expectRefusal() {
    return replies.expectMessageClass(StartReply.Refused.class).failure();
  }

  static Source<Piece, NotUsed> crashing() {
    return segment().concatLazy(Source.lazySource(() -> Source.<Piece>failed(bug())));
  }

  static IllegalStateException bug() {
    return new IllegalStateException("a bug");
  }

  /** What another run of the server would find. */
  List<JournalEntry> journal() {
    try {
      return Journal.open(state).entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop(String id) {
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId(id)));
  }
}
