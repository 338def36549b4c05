package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.resolver.ResolverActor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.function.Effect;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

/** Where stops, starts, crashes, and a disk or a journal that answers late meet in one slot. */
class SlotRacesTest extends SupervisorRun {
  private static Source<Piece, NotUsed> once(
      CompletableFuture<Void> told, Source<Piece, NotUsed> then) {
    return Source.completionStageSource(told.thenApply(_ -> then))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private void await(Effect assertion) {
    var _ =
        events.awaitAssert(
            PATIENCE,
            () -> {
              assertion.apply();
              return Done.getInstance();
            });
  }

  /** The stream of a recording into {@code folder} has let go of its files. */
  private void awaitClosed(Path folder) {
    await(() -> assertThat(FoldersInUse.ALL.unlessUsed(folder, () -> 1)).isEqualTo(1));
  }

  private ResolverActor.Resolve expectResolve() {
    return resolver.expectMessageClass(ResolverActor.Resolve.class, PATIENCE);
  }

  private void refuse(ResolverActor.Resolve resolve) {
    resolve.replyTo().tell(new ResolverActor.NotResolved(new StreamFailure.Failed("404")));
    assertThat(expectRefusal().message()).isEqualTo("404");
  }

  /** Of progress alone, of the recording into {@code folder}. */
  private void expectProgress(Path folder) {
    for (int i = 0; i < 2; i++) {
      RecordingEvent event = events.receiveMessage();
      assertThat(event).isInstanceOf(Progressed.class);
      assertThat(event.recording().folder()).isEqualTo(folder);
    }
  }

  private void expectEnd(Path folder, Outcome outcome, long segments) {
    Ended ended = expectEnd();
    assertThat(ended.recording().folder()).isEqualTo(folder);
    assertThat(ended.outcome()).isEqualTo(outcome);
    assertThat(ended.totals().segments()).isEqualTo(segments);
  }

  /** The end of a recording that was stopped and can't end; it may know more than it has told. */
  private void expectOverdue(Path folder) {
    Ended ended = expectEnd();
    assertThat(ended.recording().folder()).isEqualTo(folder);
    assertThat(ended.outcome()).isEqualTo(new Outcome.ByUser());
  }

  @Test
  void whatAStoppedRecordingBringsToItsDiskLaterIsInNoJournal() {
    record("a", folder, segment().concat(hanging()));
    hangs.join();
    stop("a");
    expectOverdue(folder);
    await(() -> assertThat(journal()).isEmpty());
    disk.complete(null);
    awaitClosed(folder);
    assertThat(journal()).isEmpty();
  }

  @Test
  void whatAnAbandonedRecorderSaysIsNotOfTheNextOne() {
    Path next = folder.resolve("next");
    record("a", folder, hanging());
    hangs.join();
    record("a", next, endless());
    disk.complete(null);
    awaitClosed(folder);
    expectProgress(next);
  }

  @Test
  void whatTheJournalSaysTooLateEndsNoOtherRecording() throws Exception {
    Path next = folder.resolve("next");
    CompletableFuture<Void> crash = new CompletableFuture<>();
    record("a", folder, segment().concat(once(crash, Source.failed(bug()))));
    Path entry = onlyEntry();
    byte[] content = Files.readAllBytes(entry);
    Path pipe = state.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.delete(entry);
    Files.createSymbolicLink(entry, pipe);
    crash.complete(null);
    try (OutputStream asked = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
      stop("a");
      expectEnd(folder, new Outcome.ByUser(), 1);
      record("a", next, endless());
      asked.write(content);
    }
    expectProgress(next);
    stop("a");
    expectEnd(next, new Outcome.ByUser(), 1);
  }

  private Path onlyEntry() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("journal"))) {
      return files.toList().getFirst();
    }
  }

  @Test
  void whatTheJournalCouldNotBeToldIsKeptWhereTheRecorderCrashes() throws Exception {
    CompletableFuture<Void> more = new CompletableFuture<>();
    CompletableFuture<Void> crash = new CompletableFuture<>();
    record(
        "a",
        folder,
        segment().concat(once(more, segment())).concat(once(crash, Source.failed(bug()))));
    Path journal = state.resolve("journal");
    Path aside = Files.move(journal, state.resolve("aside"));
    Files.writeString(journal, "no folder");
    more.complete(null);
    await(
        () ->
            assertThat(folder.resolve("log.txt"))
                .content()
                .contains("the journal can't be written"));
    Files.delete(journal);
    Files.move(aside, journal);
    streams.add(segment());
    crash.complete(null);
    resolve();
    expectEnd(folder, new Outcome.Complete(), 3);
    assertThat(folder.resolve("stream_0.ts")).hasContent("whole segment".repeat(2));
    assertThat(folder.resolve("stream_1.ts")).hasContent("whole segment");
  }

  @Test
  void aBadAddressCostsNoRecordingThatWaitsToBeGoneOnWith() {
    record("a", folder, crashing());
    ResolverActor.Resolve again = expectResolve();
    ask("a", folder);
    refuse(expectResolve());
    streams.add(segment());
    answer(again);
    expectEnd(folder, new Outcome.Complete(), 2);
  }

  @Test
  void noRecordingThatCrashesMeanwhileEither() {
    CompletableFuture<Void> crash = new CompletableFuture<>();
    record("a", folder, segment().concat(once(crash, Source.failed(bug()))));
    ask("a", folder.resolve("next"));
    ResolverActor.Resolve next = expectResolve();
    crash.complete(null);
    ResolverActor.Resolve again = expectResolve();
    refuse(next);
    streams.add(segment());
    answer(again);
    expectEnd(folder, new Outcome.Complete(), 2);
  }

  @Test
  void whatWaitsToBeGoneOnWithIsReplacedWithoutAStop() {
    Path next = folder.resolve("next");
    record("a", folder, crashing());
    ResolverActor.Resolve again = expectResolve();
    record("a", next, endless());
    answer(again);
    expectProgress(next);
    stop("a");
    expectEnd(next, new Outcome.ByUser(), 1);
    await(() -> assertThat(journal()).isEmpty());
  }

  @Test
  void whatIsGoneOnWithWhileAnotherIsLookedIntoIsReplacedOnceThatIsReady() {
    Path next = folder.resolve("next");
    record("a", folder, crashing());
    ResolverActor.Resolve again = expectResolve();
    ask("a", next);
    ResolverActor.Resolve asked = expectResolve();
    streams.add(endless());
    answer(again);
    while (!(events.receiveMessage(PATIENCE) instanceof Progressed progressed)
        || progressed.totals().segments() < 2) {
      // It is not gone on with yet.
    }
    streams.add(segment());
    answer(asked);
    expectEnd(next, new Outcome.Complete(), 1);
  }

  @Test
  void aStopReachesWhatWaitsToBeGoneOnWithAndWhatIsAskedFor() {
    record("a", folder, crashing());
    expectResolve();
    ask("a", folder.resolve("next"));
    expectResolve();
    stop("a");
    replies.expectMessageClass(StartReply.Withdrawn.class);
    expectEnd(folder, new Outcome.ByUser(), 1);
  }

  @Test
  void aStopIsToldThoughAnotherRecordingFollowsAtOnce() {
    Path next = folder.resolve("next");
    record("a", folder, hanging());
    hangs.join();
    stop("a");
    streams.add(segment());
    ask("a", next);
    resolve();
    expectOverdue(folder);
    expectEnd(next, new Outcome.Complete(), 1);
  }
}
