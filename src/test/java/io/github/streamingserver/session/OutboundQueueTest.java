package io.github.streamingserver.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final ByteBudget budget = new ByteBudget(100);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** What the connection writes, and cannot end before the test says so. */
  private final BlockingQueue<CompletableFuture<Void>> writes = new LinkedBlockingQueue<>();

  private final OutboundQueue queue =
      new OutboundQueue(8, budget, () -> told.add("drained"), () -> told.add("ended"), this::run);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private BoundedSourceQueue<ByteString> run(
      Source<ByteString, BoundedSourceQueue<ByteString>> messages) {
    return messages.to(Sink.foreachAsync(1, this::write)).run(kit.system());
  }

  private CompletionStage<Void> write(ByteString ignored) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    writes.add(written);
    return written;
  }

  private static ByteString message(String text) {
    return ByteString.fromArray(text.getBytes(UTF_8));
  }

  @Test
  void countsAMessageUntilItIsWrittenAndEndsWhenAllAre() throws Exception {
    assertThat(queue.offer(message("first"))).isTrue();
    assertThat(queue.offer(message("other one"))).isTrue();
    CompletableFuture<Void> first = writes.take();
    assertThat(budget.used()).isEqualTo(14);
    assertThat(queue.isDrained()).isFalse();
    first.complete(null);
    CompletableFuture<Void> other = writes.take();
    assertThat(budget.used()).isEqualTo(9);
    queue.complete();
    assertThat(queue.offer(message("late"))).isFalse();
    assertThat(told).isEmpty();
    other.complete(null);
    assertThat(List.of(told.take(), told.take())).containsExactly("drained", "ended");
    assertThat(budget.used()).isZero();
  }

  @Test
  void givesBackWhatIsNeverWritten() throws Exception {
    queue.offer(message("first"));
    queue.offer(message("other one"));
    writes.take();
    queue.abort(new SlowClientException("it doesn't read"));
    assertThat(told.take()).isEqualTo("ended");
    assertThat(budget.used()).isZero();
  }

  @Test
  void refusesWhatGoesOverTheBudgetOfAllClients() {
    assertThat(budget.tryAcquire(96)).isTrue();
    assertThat(queue.offer(message("first"))).isFalse();
    assertThat(queue.offer(message("four"))).isTrue();
  }
}
