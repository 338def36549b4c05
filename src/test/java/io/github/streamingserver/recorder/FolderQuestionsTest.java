package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.testkit.Asked;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of disks that answer, and of those that don't. */
class FolderQuestionsTest {
  private static final AllowedRoots ROOTS =
      new AllowedRoots("rec_dir", "recording.allowed-roots", List.of());
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Path FOLDER = Path.of("/disk/movie");
  private static final Path REAL = Path.of("/real/movie");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private FolderQuestions questions(Duration patience) {
    return new FolderQuestions(ROOTS, patience, threads);
  }

  /** A recording into {@code folder}, whose disk says what {@code answer} does. */
  private Ticket ticket(Path folder, CompletableFuture<Path> answer) {
    return new Ticket(Asked.of(URI.create("http://host/a.mp4"), folder).request()) {
      @Override
      Instant began() {
        return Instant.EPOCH;
      }

      @Override
      Optional<JournalEntry> earlier() {
        return Optional.empty();
      }

      @Override
      Path folder(AllowedRoots roots) {
        asked.incrementAndGet();
        return answer.join();
      }

      @Override
      Optional<Duration> tryAgain(StreamFailure failure, Instant now) {
        return Optional.empty();
      }

      @Override
      void accept() {
        // Not of interest here.
      }

      @Override
      void refuse(StreamFailure failure) {
        // Not of interest here.
      }

      @Override
      void withdraw() {
        // Not of interest here.
      }

      @Override
      void replace() {
        // Not of interest here.
      }
    };
  }

  private Ticket answered() {
    return ticket(FOLDER, CompletableFuture.completedFuture(REAL));
  }

  private static Path answer(CompletionStage<Path> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void assertSilent(CompletionStage<Path> stage) {
    assertThatThrownBy(() -> answer(stage))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void whatTheDiskSaysIsTheAnswer() {
    FolderQuestions questions = questions(LONG);
    assertThat(answer(questions.ask(answered()))).isEqualTo(REAL);
    Exception refused = new IllegalArgumentException("not allowed");
    assertThatThrownBy(
            () -> answer(questions.ask(ticket(FOLDER, CompletableFuture.failedFuture(refused)))))
        .hasRootCause(refused);
    assertThat(answer(questions.ask(answered()))).isEqualTo(REAL);
  }

  @Test
  void aSecondQuestionAboutAFolderWaitsForTheFirst() {
    FolderQuestions questions = questions(LONG);
    CompletableFuture<Path> slow = new CompletableFuture<>();
    CompletionStage<Path> first = questions.ask(ticket(FOLDER, slow));
    CompletionStage<Path> second = questions.ask(answered());
    assertThat(second.toCompletableFuture()).isNotDone();
    slow.completeExceptionally(new IllegalArgumentException("not allowed"));
    assertThat(answer(second)).isEqualTo(REAL);
    assertThat(first.toCompletableFuture()).isCompletedExceptionally();
    assertThat(asked).hasValue(2);
  }

  @Test
  void aDiskThatNeverAnswersKeepsOneThreadAndIsAskedAgainOnceItDoes() {
    FolderQuestions questions = questions(SHORT);
    CompletableFuture<Path> never = new CompletableFuture<>();
    assertSilent(questions.ask(ticket(FOLDER, never)));
    for (int time = 0; time < 3; time++) {
      assertSilent(questions.ask(answered()));
    }
    assertThat(asked).hasValueLessThanOrEqualTo(1);
    never.complete(REAL);
    CompletionStage<Path> again = questions.ask(answered());
    while (isSilent(again)) {
      Thread.onSpinWait();
      again = questions.ask(answered());
    }
    assertThat(answer(again)).isEqualTo(REAL);
  }

  private static boolean isSilent(CompletionStage<Path> stage) {
    return stage.handle((_, error) -> error != null).toCompletableFuture().join();
  }

  @Test
  void manyFoldersOfDisksThatNeverAnswerKeepNoMoreThreadsThanMayBe() {
    FolderQuestions questions = questions(LONG);
    CompletableFuture<Path> never = new CompletableFuture<>();
    for (int folder = 0; folder < FolderQuestions.MOST; folder++) {
      var _ = questions.ask(ticket(FOLDER.resolve("" + folder), never));
    }
    assertSilent(questions.ask(answered()));
    never.complete(REAL);
    threads.close();
    assertThat(asked).hasValue(FolderQuestions.MOST);
  }
}
