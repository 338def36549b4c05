package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class StallGuardTest {
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration EIGHTH = Duration.ofSeconds(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Reader reader = new Reader();
  private BoundedSourceQueue<String> source;

  @BeforeEach
  void start() throws InterruptedException {
    var running =
        Source.<String>queue(4)
            .viaMat(
                new StallGuard<String>(LIMIT, () -> new IllegalStateException("stalled")),
                Keep.left())
            .toMat(Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), Keep.both())
            .run(kit.system());
    source = running.first();
    running.second().subscribe(reader);
    assertThat(reader.next()).isEqualTo("subscribed");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void failsWhereADemandIsNotAnswered() throws InterruptedException {
    reader.demandOne();
    passLimit();
    time.timePasses(EIGHTH);
    assertThat(reader.next()).isEqualTo("failed: stalled");
  }

  @Test
  void waitsAsLongAsTheLimit() throws InterruptedException {
    reader.demandOne();
    passLimit();
    source.offer("just in time");
    assertThat(reader.next()).isEqualTo("just in time");
  }

  @Test
  void everyDemandHasTheWholeLimit() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      reader.demandOne();
      passLimit();
      source.offer("element");
      assertThat(reader.next()).isEqualTo("element");
    }
    reader.demandOne();
    passLimit();
    time.timePasses(EIGHTH);
    assertThat(reader.next()).isEqualTo("failed: stalled");
  }

  @Test
  void slowReaderIsNoStall() throws InterruptedException {
    reader.demandOne();
    source.offer("first");
    assertThat(reader.next()).isEqualTo("first");
    for (int i = 0; i < 5; i++) {
      passLimit();
    }
    source.offer("second");
    reader.demandOne();
    assertThat(reader.next()).isEqualTo("second");
  }

  @Test
  void endIsPassedOn() throws InterruptedException {
    reader.demandOne();
    source.complete();
    assertThat(reader.next()).isEqualTo("completed");
  }

  private void passLimit() {
    for (int i = 0; i < 8; i++) {
      time.timePasses(EIGHTH);
    }
  }

  /** Asks for elements one by one and says what comes. */
  private static final class Reader implements Subscriber<String> {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Optional<Subscription> subscription = Optional.empty();

    void demandOne() {
      subscription.orElseThrow().request(1);
    }

    String next() throws InterruptedException {
      return Optional.ofNullable(events.poll(30, TimeUnit.SECONDS)).orElse("nothing comes");
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      this.subscription = Optional.of(subscription);
      events.add("subscribed");
    }

    @Override
    public void onNext(String element) {
      events.add(element);
    }

    @Override
    public void onError(Throwable error) {
      events.add("failed: " + error.getMessage());
    }

    @Override
    public void onComplete() {
      events.add("completed");
    }
  }
}
