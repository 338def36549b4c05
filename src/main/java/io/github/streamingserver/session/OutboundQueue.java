package io.github.streamingserver.session;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Messages that wait for one client to read them, or are being sent: bounded in number for each
 * client, and in bytes for all together. Offering never waits; it is refused, and the session ends.
 * The session offers and the stream sends, so the account is kept under a lock.
 */
final class OutboundQueue {
  private final ByteBudget budget;
  private final Runnable onDrained;
  private final Runnable onEnded;
  private final BoundedSourceQueue<ByteString> queue;
  private long waiting;
  private boolean closed;

  /**
   * @param onDrained run, on a thread of the stream, whenever the last message is sent
   * @param onEnded run, on a thread of the stream, when nothing more will be sent
   * @param run runs the messages into the connection
   */
  OutboundQueue(
      int messages,
      ByteBudget budget,
      Runnable onDrained,
      Runnable onEnded,
      Function<Source<ByteString, BoundedSourceQueue<ByteString>>, BoundedSourceQueue<ByteString>>
          run) {
    this.budget = budget;
    this.onDrained = onDrained;
    this.onEnded = onEnded;
    this.queue =
        run.apply(
            Source.<ByteString>queue(messages)
                .via(new DeliveryStage(this::sent))
                .watchTermination(this::end));
  }

  /** Adds a message; false where the client, or all clients, have too much waiting already. */
  synchronized boolean offer(ByteString message) {
    if (closed || !budget.tryAcquire(message.size())) {
      return false;
    }
    waiting += message.size();
    if (!queue.offer(message).isEnqueued()) {
      waiting -= message.size();
      budget.release(message.size());
      return false;
    }
    return true;
  }

  /** Whether all that was offered is sent. */
  synchronized boolean isDrained() {
    return waiting == 0;
  }

  /** Ends the connection once what waits has been sent. */
  synchronized void complete() {
    if (!closed) {
      closed = true;
      end(queue::complete);
    }
  }

  /** Ends the connection at once. */
  synchronized void abort(Exception reason) {
    if (!closed) {
      closed = true;
      end(() -> queue.fail(reason));
    }
  }

  /** The queue objects where the connection has ended first, and nobody can know that in time. */
  private static void end(Runnable ending) {
    try {
      ending.run();
    } catch (IllegalStateException _) {
      // It has ended: as wanted.
    }
  }

  private void sent(ByteString message) {
    boolean drained;
    synchronized (this) {
      waiting -= message.size();
      budget.release(message.size());
      drained = waiting == 0;
    }
    if (drained) {
      onDrained.run();
    }
  }

  private BoundedSourceQueue<ByteString> end(
      BoundedSourceQueue<ByteString> queue, CompletionStage<Done> done) {
    var _ = done.whenComplete((_, _) -> released());
    return queue;
  }

  private void released() {
    synchronized (this) {
      closed = true;
      budget.release(waiting);
      waiting = 0;
    }
    onEnded.run();
  }
}
