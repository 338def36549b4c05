package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Holds back what an {@link Origin} has at a path from some byte on, whoever asks, until opened.
 */
public final class Gate {
  private final CountDownLatch opened = new CountDownLatch(1);

  /** A closed gate before the byte {@code at} of {@code path}. */
  public Gate(Origin origin, String path, long at) {
    origin.edit(
        path,
        answer ->
            new Answer(
                answer.status(),
                answer.headers(),
                new Held(answer.content(), at),
                answer.framing()));
  }

  /** What is held back comes, and all after it. */
  public void open() {
    opened.countDown();
  }

  private final class Held implements Answer.Content {
    private final Answer.Content whole;
    private final long at;

    private Held(Answer.Content whole, long at) {
      this.whole = whole;
      this.at = at;
    }

    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      long before = Math.clamp(at - from, 0, count);
      whole.copy(from, before, out);
      if (before < count) {
        out.flush();
        await();
        whole.copy(from + before, count - before, out);
      }
    }

    private void await() throws IOException {
      try {
        opened.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the origin is closed");
      }
    }
  }
}
