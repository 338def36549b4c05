package io.github.streamingserver.recorder;

import io.github.streamingserver.config.AllowedRoots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks disks about the folders of recordings. A disk that never answers, such as a network share
 * whose server is gone, keeps the thread that asked: there is one question about a folder at a
 * time, and {@value #MOST} in all. Belongs to the supervisor and its thread.
 */
final class FolderQuestions {
  /** What leaves most threads of the disk dispatcher to recordings. */
  static final int MOST = 16;

  /**
   * @param answer what the disk says, if ever
   * @param inTime the same, failed once it takes too long
   */
  private record Question(CompletableFuture<Path> answer, CompletableFuture<Path> inTime) {
    boolean isOverdue() {
      return inTime.isDone() && !answer.isDone();
    }
  }

  private final AllowedRoots roots;
  private final Duration patience;
  private final Executor disks;
  private final Map<Path, Question> open = new HashMap<>();

  /**
   * @param patience for an answer
   * @param disks waits for them
   */
  FolderQuestions(AllowedRoots roots, Duration patience, Executor disks) {
    this.roots = roots;
    this.patience = patience;
    this.disks = disks;
  }

  /**
   * The folder of {@code ticket} as {@link Ticket#folder} says. Fails as that does, and with a
   * {@link TimeoutException} where the disk doesn't answer: at once where it is known not to.
   */
  CompletionStage<Path> ask(Ticket ticket) {
    open.values().removeIf(question -> question.answer().isDone());
    Path folder = ticket.request().folder();
    Question before = open.get(folder);
    if (before == null ? open.size() >= MOST : before.isOverdue()) {
      return CompletableFuture.failedStage(new TimeoutException());
    }
    Supplier<Path> look = () -> ticket.folder(roots);
    CompletableFuture<Path> answer =
        before == null
            ? CompletableFuture.supplyAsync(look, disks)
            : before.answer().handleAsync((_, _) -> look.get(), disks);
    CompletableFuture<Path> inTime =
        answer.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    open.put(folder, new Question(answer, inTime));
    return inTime;
  }
}
