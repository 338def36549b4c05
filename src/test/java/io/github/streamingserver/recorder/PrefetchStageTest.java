package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PrefetchStageTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final int CHUNK = 1000;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Part part(int number) {
    return new Part(URI.create("http://host/" + number), number, 1);
  }

  private static Piece data(int number) {
    return new Piece.Data(ByteString.fromString(String.valueOf(number).repeat(CHUNK)));
  }

  private static Source<Piece, NotUsed> whole(int number, int chunks) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece.Begin(part(number)));
    pieces.add(new Piece.Length((long) chunks * CHUNK));
    IntStream.range(0, chunks).forEach(_ -> pieces.add(data(number)));
    pieces.add(new Piece.End(part(number)));
    return Source.from(pieces);
  }

  private static List<Piece> run(List<Source<Piece, NotUsed>> parts, long limit, int most) {
    return Source.from(parts)
        .via(new PrefetchStage(limit, most, InstantSource.system()))
        .recover(new PFBuilder<Throwable, Piece>().matchAny(Piece.Broken::new).build())
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .join();
  }

  private static List<Long> ends(List<Piece> pieces) {
    return pieces.stream()
        .filter(Piece.End.class::isInstance)
        .map(piece -> ((Piece.End) piece).part().sequence())
        .toList();
  }

  @Test
  void keepsTheOrderAndEveryByte() {
    List<Source<Piece, NotUsed>> parts =
        IntStream.range(0, 9).mapToObj(number -> whole(number, 1 + number % 4)).toList();
    List<Piece> pieces = run(parts, 3 * CHUNK, 4);
    assertThat(ends(pieces)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    StringBuilder bytes = new StringBuilder();
    pieces.forEach(
        piece -> {
          if (piece instanceof Piece.Data(var chunk)) {
            bytes.append(chunk.utf8String());
          }
        });
    StringBuilder expected = new StringBuilder();
    IntStream.range(0, 9)
        .forEach(
            number -> expected.append(String.valueOf(number).repeat(CHUNK * (1 + number % 4))));
    assertThat(bytes.toString()).isEqualTo(expected.toString());
  }

  @Test
  void aPartThatFailsEndsTheStreamWhenItsTurnComesAndNotBefore() {
    List<Piece> pieces =
        run(
            List.of(whole(0, 3), Source.failed(new IllegalStateException("second")), whole(2, 1)),
            100 * CHUNK,
            4);
    assertThat(ends(pieces)).containsExactly(0L);
    assertThat(pieces.getLast()).isInstanceOf(Piece.Broken.class);
  }

  @Test
  void readsNoFurtherAheadThanTheLimitWhileNobodyReads() {
    AtomicInteger produced = new AtomicInteger();
    Source<Piece, NotUsed> counted =
        whole(1, 1000)
            .map(
                piece -> {
                  produced.addAndGet(piece instanceof Piece.Data ? 1 : 0);
                  return piece;
                });
    BoundedSourceQueue<Piece> first;
    SinkQueueWithCancel<Piece> out;
    var source = Source.<Piece>queue(4).preMaterialize(KIT.system());
    first = source.first();
    out =
        Source.from(List.of(source.second(), counted))
            .via(new PrefetchStage(20 * CHUNK, 2, InstantSource.system()))
            .toMat(Sink.queue(), Keep.right())
            .run(KIT.system());
    first.offer(new Piece.Length(CHUNK));
    assertThat(out.pull().toCompletableFuture().join()).contains(new Piece.Length(CHUNK));
    Awaitility.await().until(() -> produced.get() >= 20);
    // One more may be on its way when the limit is reached.
    assertThat(produced.get()).isLessThanOrEqualTo(21);
    first.offer(data(0));
    assertThat(out.pull().toCompletableFuture().join().orElseThrow()).isEqualTo(data(0));
    out.cancel();
  }

  /**
   * Begins with {@code first} and four parts behind it.
   *
   * @param begun which of the four did
   */
  private static void begin(
      Source<Piece, NotUsed> first, InstantSource steady, List<Integer> begun, List<Piece> out) {
    List<Source<Piece, NotUsed>> parts = new ArrayList<>(List.of(first));
    IntStream.rangeClosed(1, 4)
        .forEach(
            number ->
                parts.add(
                    Source.lazySource(
                            () -> {
                              begun.add(number);
                              return whole(number, 1);
                            })
                        .mapMaterializedValue(_ -> NotUsed.getInstance())));
    Source.from(parts)
        .via(new PrefetchStage(100 * CHUNK, 4, steady))
        .runWith(Sink.foreach(out::add), KIT.system());
  }

  @Test
  void oneMorePartIsFetchedWhereTheFirstComesAtOnce() {
    AtomicInteger most = new AtomicInteger();
    List<Piece> pieces = new CopyOnWriteArrayList<>();
    List<Integer> begun = new CopyOnWriteArrayList<>();
    Source<Piece, NotUsed> first =
        whole(0, 20)
            .map(
                piece -> {
                  most.set(begun.size());
                  return piece;
                });
    begin(first, InstantSource.fixed(Instant.EPOCH), begun, pieces);
    Awaitility.await().until(() -> ends(pieces).size() == 5);
    assertThat(most).hasValue(1);
  }

  @Test
  void aFirstPartThatCameFastAndBringsNothingMoreKeepsNoneWaiting() {
    int chunks = 4000;
    Piece length = new Piece.Length((long) chunks * CHUNK + 1);
    Source<Piece, NotUsed> silent =
        Source.single(length).concat(Source.repeat(data(0)).take(chunks)).concat(Source.maybe());
    List<Integer> begun = new CopyOnWriteArrayList<>();
    begin(silent, InstantSource.system(), begun, new CopyOnWriteArrayList<>());
    Awaitility.await().until(() -> begun.size() == 3);
  }

  @Test
  void whatIsVoidNeedNotReachTheDisk() {
    Source<Piece, NotUsed> again =
        Source.from(
            List.of(
                new Piece.Begin(part(1)),
                data(7),
                new Piece.Rollback(new StreamFailure.Failed("broke off")),
                data(1),
                new Piece.End(part(1))));
    List<Piece> pieces = run(List.of(whole(0, 2), again), 100 * CHUNK, 2);
    int rollback = pieces.indexOf(new Piece.Rollback(new StreamFailure.Failed("broke off")));
    assertThat(pieces.subList(rollback, pieces.size())).doesNotContain(data(7)).contains(data(1));
    assertThat(ends(pieces)).containsExactly(0L, 1L);
  }
}
