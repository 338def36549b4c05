package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import io.github.streamingserver.recorder.RecordingEvent.State;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.ResolverActor;
import io.github.streamingserver.testkit.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderSupervisorTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              "streamingserver.recording { max-concurrent = 2, stop-timeout = 1 s }")
          .withFallback(ConfigFactory.defaultReference())
          .resolve();
  private static final RecordingSettings SETTINGS = ServerSettings.create(CONFIG).recording();
  private static final Part PART = new Part(URI.create("http://host/s1.ts"), 1, 2.0);
  private static final ByteString BYTES = ByteString.fromString("whole segment");

  /** For a machine that is busy otherwise. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The part at which the disk answers no more. */
  private static final long STUCK = 99;

  private final CompletableFuture<Void> disk = new CompletableFuture<>();

  @TempDir Path folder;
  @TempDir Path state;

  private ActorTestKit kit;
  private TestProbe<ResolverActor.Command> resolver;
  private TestProbe<RecordingEvent> events;
  private TestProbe<StartReply> replies;
  private ActorRef<RecorderSupervisor.Command> supervisor;

  /** What the next pipelines deliver, in order. */
  private final LinkedBlockingQueue<Source<Piece, NotUsed>> streams = new LinkedBlockingQueue<>();

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
  void stop() {
    kit.shutdownTestKit();
  }

  /** What the next pipelines are instead. */
  private volatile Optional<Supplier<RuntimeException>> broken = Optional.empty();

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

  private static Source<Piece, NotUsed> segment() {
    return Source.<Piece>single(new Piece.Begin(PART))
        .concat(Source.single(new Piece.Data(BYTES)))
        .concat(Source.single(new Piece.End(PART)));
  }

  /** A segment, and half of another that never ends. */
  private static Source<Piece, NotUsed> endless() {
    return endless(PART);
  }

  private static Source<Piece, NotUsed> endless(Part second) {
    return segment()
        .concat(Source.single(new Piece.Begin(second)))
        .concat(Source.single(new Piece.Data(ByteString.fromString("half"))))
        .concat(Source.maybe());
  }

  private static Asked asked(String id, Path folder) {
    return Asked.of(URI.create("http://host/index.m3u8"), folder).in(id);
  }

  private void ask(String id, Path into) {
    supervisor.tell(new RecorderSupervisor.Start(asked(id, into).request(), replies.ref()));
  }

  private void resolve() {
    answer(resolver.expectMessageClass(ResolverActor.Resolve.class, PATIENCE));
  }

  private static void answer(ResolverActor.Resolve resolve) {
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

  private void record(String id, Path into, Source<Piece, NotUsed> stream) {
    streams.add(stream);
    ask(id, into);
    resolve();
    replies.expectMessageClass(StartReply.Accepted.class);
    expectStart();
  }

  private void expectStart() {
    RecordingEvent event = events.receiveMessage();
    while (event instanceof RecordingEvent.Progressed) {
      event = events.receiveMessage();
    }
    assertThat(event).isInstanceOf(SectionStarted.class);
  }

  private Ended expectEnd() {
    RecordingEvent event = events.receiveMessage(PATIENCE);
    while (!(event instanceof Ended)) {
      event = events.receiveMessage(PATIENCE);
    }
    return (Ended) event;
  }

  private static ErrorId errorOf(Ended ended) {
    return ((Outcome.Failed) ended.outcome()).failure().errorId();
  }

  private StreamFailure expectRefusal() {
    return replies.expectMessageClass(StartReply.Refused.class).failure();
  }

  @Test
  void recordsToTheEnd() throws IOException {
    record("a", folder, segment());
    Ended ended = expectEnd();
    assertThat(ended.outcome()).isEqualTo(new Outcome.Complete());
    assertThat(ended.totals().segments()).isEqualTo(1);
    assertThat(ended.totals().mediaSeconds()).isEqualTo(2.0);
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    events.expectNoMessage();
  }

  @Test
  void aStoppedRecordingKeepsWhatIsWholeAndEndsOnce() throws IOException {
    record("a", folder, endless());
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    events.expectNoMessage();
  }

  private static Source<Piece, NotUsed> crashing() {
    return segment().concatLazy(Source.lazySource(() -> Source.<Piece>failed(bug())));
  }

  private static IllegalStateException bug() {
    return new IllegalStateException("a bug");
  }

  @Test
  void aRecorderThatCrashesIsGoneOnWithInASectionOfItsOwn() throws IOException {
    record("a", folder, crashing());
    streams.add(segment());
    resolve();
    Ended ended = expectEnd();
    assertThat(ended.outcome()).isEqualTo(new Outcome.Complete());
    assertThat(ended.totals().segments()).isEqualTo(2);
    assertThat(ended.totals().sections()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    assertThat(Files.readString(folder.resolve("stream_1.ts"))).isEqualTo("whole segment");
    var _ =
        events.awaitAssert(
            () -> {
              assertThat(journal()).isEmpty();
              return Done.getInstance();
            });
  }

  @Test
  void aRecorderThatCrashesTwiceInARowEndsInOneStopAndTheNextRecordingWorks() throws IOException {
    record("a", folder, crashing());
    streams.add(Source.failed(bug()));
    resolve();
    Ended ended = expectEnd();
    assertThat(errorOf(ended)).isEqualTo(ErrorId.FAILURE);
    assertThat(ended.totals().segments()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    record("a", folder, segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
    events.expectNoMessage();
  }

  @Test
  void aRecordingThatWaitsToBeGoneOnWithCanBeStopped() throws IOException {
    record("a", folder, crashing());
    resolver.expectMessageClass(ResolverActor.Resolve.class);
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    Ended ended = expectEnd();
    assertThat(ended.outcome()).isEqualTo(new Outcome.ByUser());
    assertThat(ended.totals().segments()).isEqualTo(1);
  }

  /** A segment; then, once {@code pulled}, the disk refuses to write. */
  private static Source<Piece, NotUsed> faulty(CompletableFuture<Void> pulled, Path folder) {
    return segment()
        .concatLazy(
            Source.<Piece>maybe()
                .mapMaterializedValue(_ -> NotUsed.getInstance())
                .merge(Source.completionStage(pulled.thenApply(_ -> failing(folder)))));
  }

  private static Piece failing(Path folder) {
    throw refused(folder);
  }

  private static StreamException refused(Path folder) {
    return RecordingFile.failure(folder, new IOException("Input/output error"));
  }

  @Test
  void aDiskThatIsPulledOutIsWaitedForAndFaultsMayFollowEachOther() throws IOException {
    Path disk = folder.resolve("disk");
    Path drawer = folder.resolve("drawer");
    String waits = "which was being recorded, is not there any more";
    CompletableFuture<Void> pulled = new CompletableFuture<>();
    record("a", disk, faulty(pulled, disk));
    Files.move(disk, drawer);
    LoggingTestKit.warn(waits)
        .withOccurrences(1)
        .expect(
            kit.system(),
            () -> {
              pulled.complete(null);
              return Done.getInstance();
            });
    Files.move(drawer, disk);
    for (int i = 0; i < 3; i++) {
      streams.add(Source.failed(refused(disk)));
      resolve();
    }
    streams.add(endless());
    resolve();
    TestProbe<RecorderSupervisor.Recordings> states = kit.createTestProbe();
    var _ =
        states.awaitAssert(
            PATIENCE,
            () -> {
              supervisor.tell(new RecorderSupervisor.GetStatus(states.ref()));
              Status status = states.receiveMessage().list().getFirst();
              assertThat(status.totals().segments()).isEqualTo(2);
              assertThat(status.restarts()).isEqualTo(4);
              return Done.getInstance();
            });
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    RecordingEvent event = events.receiveMessage();
    while (event instanceof RecordingEvent.Progressed) {
      event = events.receiveMessage();
    }
    assertThat(event).as("the first section was told of before").isInstanceOf(Ended.class);
    Ended ended = (Ended) event;
    assertThat(ended.outcome()).isEqualTo(new Outcome.ByUser());
    assertThat(ended.totals().segments()).isEqualTo(2);
    assertThat(Files.readString(disk.resolve("stream_0.ts"))).isEqualTo("whole segment");
    assertThat(Files.readString(disk.resolve("stream_1.ts"))).isEqualTo("whole segment");
  }

  @Test
  void aDiskThatRefusesFromTheFirstByteOnIsToldAtOnce() {
    streams.add(Source.failed(refused(folder)));
    ask("a", folder);
    resolve();
    replies.expectMessageClass(StartReply.Accepted.class);
    assertThat(errorOf(expectEnd())).isEqualTo(ErrorId.FAILURE);
  }

  @Test
  void aRecordingThatCannotBeMadeIsRefused() {
    broken = Optional.of(() -> new IllegalStateException("a bug in a pipeline"));
    ask("a", folder);
    resolve();
    assertThat(expectRefusal().message()).contains("a bug in a pipeline");
    broken = Optional.empty();
    record("a", folder, segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void aDiskThatNeverAnswersKeepsNeitherItsStopNorOtherRecordings() {
    Part slow = new Part(URI.create("http://host/s2.ts"), STUCK, 2.0);
    record("a", folder.resolve("a"), endless(slow));
    record("b", folder.resolve("b"), segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    Ended ended = expectEnd();
    assertThat(ended.outcome()).isEqualTo(new Outcome.ByUser());
    assertThat(ended.recording().id()).isEqualTo(new RecordingId("a"));
    record("a", folder.resolve("c"), segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
    disk.complete(null);
  }

  @Test
  void recordingsOutliveWhatTheSupervisorThrows() {
    record("a", folder.resolve("a"), endless());
    broken = Optional.of(() -> sneaky(new AssertionError("thrown in the supervisor")));
    LoggingTestKit.error("thrown in the supervisor")
        .expect(
            kit.system(),
            () -> {
              ask("b", folder.resolve("b"));
              resolve();
              return Done.getInstance();
            });
    broken = Optional.empty();
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
    record2("b");
  }

  private static RuntimeException sneaky(Error error) {
    throw error;
  }

  /** What another run of the server would find. */
  private List<JournalEntry> journal() {
    try {
      return Journal.open(state).entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRecorderActorThatThrowsEndsInOneStop() {
    streams.add(Source.lazySource(() -> Source.<Piece>maybe()).mapMaterializedValue(_ -> boom()));
    ask("a", folder);
    resolve();
    replies.expectMessageClass(StartReply.Accepted.class);
    assertThat(errorOf(expectEnd())).isEqualTo(ErrorId.FAILURE);
    record("a", folder, segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
  }

  private static NotUsed boom() {
    throw new IllegalStateException("thrown in the actor");
  }

  @Test
  void replacesWhatRecordsInTheSlotWithoutAStop() throws IOException {
    record("default", folder, endless());
    record("default", folder, segment());
    Ended ended = expectEnd();
    assertThat(ended.outcome()).isEqualTo(new Outcome.Complete());
    events.expectNoMessage();
  }

  @Test
  void aRequestThatCannotBeResolvedCostsNoRecording() {
    record("default", folder, endless());
    ask("default", folder);
    resolver
        .expectMessageClass(ResolverActor.Resolve.class)
        .replyTo()
        .tell(new ResolverActor.NotResolved(new StreamFailure.Failed("404")));
    assertThat(expectRefusal().message()).isEqualTo("404");
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("default")));
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
  }

  @Test
  void aStopReachesWhatIsStillBeingResolved() {
    ask("a", folder);
    resolver.expectMessageClass(ResolverActor.Resolve.class);
    supervisor.tell(new RecorderSupervisor.Stop(new RecordingId("a")));
    replies.expectMessageClass(StartReply.Withdrawn.class);
    events.expectNoMessage();
  }

  @Test
  void aNewerRequestTakesThePlaceOfOneThatIsStillBeingResolved() {
    ask("a", folder);
    resolver.expectMessageClass(ResolverActor.Resolve.class);
    record2("a");
  }

  private void record2(String id) {
    streams.add(segment());
    ask(id, folder);
    replies.expectMessageClass(StartReply.Withdrawn.class);
    resolve();
    replies.expectMessageClass(StartReply.Accepted.class);
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void refusesMoreThanTheLimit() {
    record("a", folder.resolve("a"), endless());
    record("b", folder.resolve("b"), endless());
    ask("c", folder.resolve("c"));
    assertThat(expectRefusal().errorId()).isEqualTo(ErrorId.BUSY);
    record("b", folder.resolve("b"), endless());
  }

  @Test
  void refusesAFolderThatIsInUse() {
    record("a", folder, endless());
    ask("b", folder.resolve("x/.."));
    StreamFailure refusal = expectRefusal();
    assertThat(refusal.errorId()).isEqualTo(ErrorId.FAILURE);
    assertThat(refusal.message()).contains("in use by recording 'a'");
  }

  @Test
  void refusesAFolderOutsideTheRoots() throws IOException {
    ask("a", Path.of("/etc/streams"));
    assertThat(expectRefusal().message()).contains("not allowed", "recording.allowed-roots");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
    ask("a", link.resolve("streams"));
    assertThat(expectRefusal().message()).contains("not allowed");
  }

  @Test
  void refusesALicensedItemAtOnce() {
    supervisor.tell(
        new RecorderSupervisor.Start(
            asked("a", folder).protectedBy(DrmScheme.WIDEVINE).request(), replies.ref()));
    assertThat(expectRefusal().errorId()).isEqualTo(ErrorId.DRM_PROTECTED);
  }

  @Test
  void tellsTheStateOfAll() {
    TestProbe<RecorderSupervisor.Recordings> states = kit.createTestProbe();
    record("a", folder, endless());
    ask("b", folder.resolve("b"));
    resolver.expectMessageClass(ResolverActor.Resolve.class);
    supervisor.tell(new RecorderSupervisor.GetStatus(states.ref()));
    assertThat(states.receiveMessage().list())
        .extracting(Status::state)
        .containsExactly(State.RECORDING, State.RESOLVING);
  }

  @Test
  void endsAllAtShutdown() throws IOException {
    record("a", folder, endless());
    TestProbe<Done> done = kit.createTestProbe();
    supervisor.tell(new RecorderSupervisor.StopAll(done.ref()));
    done.expectMessage(Done.getInstance());
    assertThat(errorOf(expectEnd())).isEqualTo(ErrorId.FAILURE);
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    ask("b", folder);
    assertThat(expectRefusal().message()).contains("being stopped");
  }
}
