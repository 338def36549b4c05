package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPacingTest {
  private static final ByteString PACKET = ByteString.fromArray(new byte[1448]);
  private static final ByteString MUCH = ByteString.fromArray(new byte[ReadPace.LARGE]);

  private record Rest(int length, Runnable end) {}

  private final ActorTestKit kit = ActorTestKit.create();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<Rest> rests = new LinkedBlockingQueue<>();
  private final AtomicLong now = new AtomicLong();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private CompletionStage<Done> read(Source<ByteString, ?> connection) {
    ReadPacing pacing =
        new ReadPacing(
            List.of(
                end -> rests.add(new Rest(1, end)),
                end -> rests.add(new Rest(2, end)),
                end -> rests.add(new Rest(3, end))),
            now::get);
    return connection
        .map(
            piece -> {
              events.add("read");
              return piece;
            })
        .via(pacing)
        .runWith(Sink.ignore(), kit.system());
  }

  private int endRest() throws InterruptedException {
    Rest rest = rests.poll(60, TimeUnit.SECONDS);
    assertThat(rest).isNotNull();
    events.add("rested");
    rest.end().run();
    return rest.length();
  }

  @Test
  void readsNothingInARest() throws Exception {
    int packets = 40;
    CompletionStage<Done> done = read(Source.repeat(PACKET).take(packets));
    List<Integer> lengths = new ArrayList<>();
    for (int i = ReadPace.FEW; i < packets; i++) {
      lengths.add(endRest());
    }
    done.toCompletableFuture().join();
    assertThat(lengths).startsWith(1, 2, 3, 3).endsWith(3);
    List<String> expected = new ArrayList<>(List.of("read", "read"));
    IntStream.range(ReadPace.FEW, packets).forEach(_ -> expected.addAll(List.of("read", "rested")));
    // The connection ends with its last piece, whose rest nobody waits for.
    assertThat(events).isEqualTo(expected);
  }

  @Test
  void readsOnAtOnceWhereMuchComes() {
    read(Source.repeat(MUCH).take(1000)).toCompletableFuture().join();
    assertThat(rests).isEmpty();
    assertThat(events).hasSize(1000);
  }

  @Test
  void beginsAnewAfterSilence() {
    Source<ByteString, ?> answers =
        Source.repeat(PACKET)
            .take(10)
            .map(
                piece -> {
                  now.addAndGet(ReadPacing.SILENCE + 1);
                  return piece;
                });
    read(answers).toCompletableFuture().join();
    assertThat(rests).isEmpty();
  }

  @Test
  void anEndIsPassedOnInARest() {
    read(Source.repeat(PACKET).take(ReadPace.FEW + 1)).toCompletableFuture().join();
    assertThat(rests).hasSize(1);
  }

  @Test
  void aFailureIsPassedOnInARest() {
    Source<ByteString, ?> broken =
        Source.repeat(PACKET)
            .take(ReadPace.FEW + 1)
            .concat(Source.failed(new IllegalStateException("reset")));
    assertThat(read(broken).handle((_, error) -> error).toCompletableFuture().join())
        .hasMessage("reset");
  }
}
