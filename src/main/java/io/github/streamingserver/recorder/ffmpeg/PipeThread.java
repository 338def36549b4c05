package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A thread for what blocks on one end of a pipe: one operation at a time. */
final class PipeThread {
  interface Operation<T> {
    @Nullable T run() throws IOException;
  }

  private final String name;
  private final Channel end;
  private final ExecutorService thread;
  private final AtomicBoolean busy = new AtomicBoolean();

  PipeThread(String name, String process, Channel end) {
    this.name = name;
    this.end = end;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(process + " " + name).factory());
  }

  /**
   * Runs {@code operation}; fails with a {@link MuxEndedException} where the pipe is broken or
   * closed.
   *
   * @throws IllegalStateException where the one before isn't done
   */
  <T> CompletionStage<T> run(Operation<T> operation) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("ffmpeg's " + name + " is in use");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(() -> run(operation, result));
    } catch (RejectedExecutionException _) {
      busy.set(false);
      result.completeExceptionally(new MuxEndedException(name));
    }
    return result;
  }

  private <T> void run(Operation<T> operation, CompletableFuture<T> result) {
    try {
      @Nullable T done = operation.run();
      busy.set(false);
      result.complete(done);
    } catch (IOException e) {
      busy.set(false);
      result.completeExceptionally(new MuxEndedException(name, e));
    }
  }

  /** Closes the pipe, which ends an operation, and then the thread. */
  void close() {
    try {
      end.close();
    } catch (IOException _) {
      // It is of no use any more, whatever the system says.
    }
    thread.shutdown();
  }
}
