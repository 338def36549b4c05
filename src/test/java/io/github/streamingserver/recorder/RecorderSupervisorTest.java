package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.State;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.resolver.ResolverActor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

class RecorderSupervisorTest extends SupervisorRun {
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
    stop("a");
    stop("a");
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
    assertThat(Files.readString(folder.resolve("stream_0.ts"))).isEqualTo("whole segment");
    events.expectNoMessage();
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
    stop("a");
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
    stop("a");
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
    record("a", folder.resolve("a"), hanging());
    hangs.join();
    record("b", folder.resolve("b"), segment());
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.Complete());
    stop("a");
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
    stop("a");
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
    record2("b");
  }

  private static RuntimeException sneaky(Error error) {
    throw error;
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
    stop("default");
    assertThat(expectEnd().outcome()).isEqualTo(new Outcome.ByUser());
  }

  @Test
  void aStopReachesWhatIsStillBeingResolved() {
    ask("a", folder);
    resolver.expectMessageClass(ResolverActor.Resolve.class);
    stop("a");
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
