package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A part that is noted in {@code begun} when it begins. */
  private static Source<Piece, NotUsed> noted(int number, List<Integer> begun) {
    return Source.lazySource(
            () -> {
              begun.add(number);
              return whole(number, 1);
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /**
   * Begins with {@code first} and four parts behind it.
   *
   * @param begun which of the four did
   */
  private static void begin(
      Source<Piece, NotUsed> first,
      InstantSource steady,
      List<Integer> begun,
      Consumer<Piece> out) {
    List<Source<Piece, NotUsed>> parts = new ArrayList<>(List.of(first));
    IntStream.rangeClosed(1, 4).forEach(number -> parts.add(noted(number, begun)));
    Source.from(parts)
        .via(new PrefetchStage(1000 * CHUNK, 4, steady))
        .runWith(Sink.foreach(out::accept), KIT.system());
  }

  @ParameterizedTest
  @CsvSource({
    // seconds in 500 chunks, milliseconds that each is waited for, parts begun behind them
    "0, 0, 1",
    "0, 1, 3",
    "100, 1, 1",
    "1, 1, 3",
  })
  void oneMorePartIsFetchedWhereTheFirstComesFasterThanItIsNeeded(
      double seconds, int millis, int expected) {
    int chunks = 500;
    Part slow = new Part(URI.create("http://host/0"), 0, seconds);
    var source = Source.<Piece>queue(4).preMaterialize(KIT.system());
    BoundedSourceQueue<Piece> first = source.first();
    first.offer(new Piece.Begin(slow));
    first.offer(new Piece.Length((long) chunks * CHUNK));
    AtomicLong clock = new AtomicLong();
    AtomicInteger passed = new AtomicInteger();
    List<Integer> begun = new CopyOnWriteArrayList<>();
    CompletableFuture<Integer> behind = new CompletableFuture<>();
    begin(
        source.second(),
        () -> Instant.ofEpochMilli(clock.addAndGet(millis)),
        begun,
        _ -> {
          // Each chunk comes when the one before is gone: it is waited for.
          if (passed.getAndIncrement() <= chunks) {
            first.offer(data(0));
          } else {
            behind.complete(begun.size());
          }
        });
    assertThat(behind.join()).isEqualTo(expected);
  }

  @Test
  void aFirstPartThatCameFastAndBringsNothingMoreKeepsNoneWaiting() {
    int chunks = 4000;
    Piece length = new Piece.Length((long) chunks * CHUNK + 1);
    Source<Piece, NotUsed> silent =
        Source.single(length).concat(Source.repeat(data(0)).take(chunks)).concat(Source.never());
    List<Integer> begun = new CopyOnWriteArrayList<>();
    begin(silent, InstantSource.system(), begun, _ -> {});
    Awaitility.await().until(() -> begun.size() == 3);
  }

  @Test
  void aFirstPartWithoutAnAnswerKeepsNoneWaiting() {
    List<Integer> begun = new CopyOnWriteArrayList<>();
    begin(Source.never(), InstantSource.system(), begun, _ -> {});
    Awaitility.await().until(() -> begun.size() == 3);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "100, 0"})
  void whatAPartBehindTheFirstBringsCountsToo(int kilobytes, int expected) {
    var source = Source.<Piece>queue(8).preMaterialize(KIT.system());
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Source<Piece, NotUsed> first =
        source
            .second()
            .map(
                piece -> {
                  now.set(piece instanceof Piece.Data ? Instant.ofEpochMilli(150) : now.get());
                  return piece;
                });
    CountDownLatch ready = new CountDownLatch(2);
    Piece much = new Piece.Data(ByteString.fromArray(new byte[kilobytes * CHUNK]));
    Source<Piece, NotUsed> second =
        Source.single(much)
            .map(
                piece -> {
                  ready.countDown();
                  return piece;
                });
    List<Integer> begun = new CopyOnWriteArrayList<>();
    CompletableFuture<Integer> behind = new CompletableFuture<>();
    Source.from(List.of(first, second, noted(2, begun), noted(3, begun), noted(4, begun)))
        .via(new PrefetchStage(1000 * CHUNK, 5, now::get))
        .runForeach(
            piece -> {
              if (piece instanceof Piece.Length) {
                ready.countDown();
              } else if (piece instanceof Piece.End) {
                behind.complete(begun.size());
              }
            },
            KIT.system());
    // It plays at 100 chunks a second: four times as many are ample.
    source.first().offer(new Piece.Begin(part(0)));
    source.first().offer(new Piece.Length(100L * CHUNK));
    Awaitility.await().until(() -> ready.getCount() == 0);
    source.first().offer(data(0));
    IntStream.range(0, 4).forEach(_ -> source.first().offer(new Piece.Note("")));
    source.first().offer(new Piece.End(part(0)));
    assertThat(behind.join()).isEqualTo(expected);
  }

  @Test
  void whileTheFirstHangsThoseBehindItGoOnThoughTheyBringMuch() {
    int large = 1 << 20;
    AtomicInteger brought = new AtomicInteger();
    Source<Piece, NotUsed> hanging =
        Source.<Piece>from(List.of(new Piece.Begin(part(0)), new Piece.Length(CHUNK)))
            .concat(Source.never());
    Source<Piece, NotUsed> behind =
        Source.<Piece>from(List.of(new Piece.Begin(part(1)), new Piece.Length(4L * large)))
            .concat(
                Source.<Piece>single(new Piece.Data(ByteString.fromArray(new byte[large])))
                    .mapConcat(piece -> Collections.nCopies(4, piece)))
            .map(
                piece -> {
                  brought.addAndGet(piece instanceof Piece.Data ? 1 : 0);
                  return piece;
                });
    Source.from(List.of(hanging, behind))
        .via(new PrefetchStage(16L * large, 6, InstantSource.system()))
        .runWith(Sink.ignore(), KIT.system());
    Awaitility.await().until(() -> brought.get() == 4);
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
