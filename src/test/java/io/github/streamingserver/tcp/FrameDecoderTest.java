package io.github.streamingserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.session.ByteBudget;
import io.github.streamingserver.session.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final int MOST = 200_000;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static TcpSettings settings(String more) {
    return ServerSettings.create(
            ConfigFactory.parseString(
                    "streamingserver.tcp { max-message-size = " + MOST + "\n" + more + " }")
                .withFallback(ConfigFactory.defaultReference())
                .resolve())
        .tcp();
  }

  private static CompletionStage<List<String>> decode(
      TcpSettings settings, ByteBudget budget, Source<ByteString, ?> bytes) {
    return bytes
        .via(new FrameDecoder(settings, new InboundLease(budget)))
        .map(FrameDecoderTest::shown)
        .runWith(Sink.seq(), KIT.system());
  }

  private static String shown(Frame frame) {
    return switch (frame) {
      case Frame.Complete(var content, var release) -> {
        release.run();
        yield content.size() > 20 ? "bytes " + content.size() : content.utf8String();
      }
      case Frame.TooLong(long length) -> "too long " + length;
    };
  }

  private static ByteString frame(byte[] content) {
    return header(content.length).concat(ByteString.fromArray(content));
  }

  private static ByteString frame(String content) {
    return frame(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static ByteString header(int length) {
    return ByteString.fromArray(ByteBuffer.allocate(4).putInt(length).array());
  }

  /** Cuts {@code bytes} at random places. */
  private static List<ByteString> cut(ByteString bytes, Random random, int most) {
    List<ByteString> chunks = new ArrayList<>();
    ByteString rest = bytes;
    while (!rest.isEmpty()) {
      int size = Math.min(rest.size(), 1 + random.nextInt(most));
      chunks.add(rest.take(size));
      rest = rest.drop(size);
    }
    return chunks;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 1000, 100_000})
  void staysInStepHoweverTheBytesArrive(int mostInAChunk) {
    ByteString bytes =
        frame("a")
            .concat(frame(""))
            .concat(frame(new byte[MOST]))
            .concat(header(MOST + 1))
            .concat(ByteString.fromArray(new byte[MOST + 1]))
            .concat(frame("b"));
    ByteBudget budget = new ByteBudget(MOST);
    List<String> frames =
        decode(
                settings(""),
                budget,
                Source.from(cut(bytes, new Random(mostInAChunk), mostInAChunk)))
            .toCompletableFuture()
            .join();
    assertThat(frames).containsExactly("a", "", "bytes " + MOST, "too long " + (MOST + 1), "b");
    assertThat(budget.used()).isZero();
  }

  @Test
  void readsTheLengthAsUnsigned() {
    List<String> frames =
        decode(settings(""), new ByteBudget(MOST), Source.single(header(-1).concat(header(0))))
            .toCompletableFuture()
            .join();
    assertThat(frames).containsExactly("too long 4294967295");
  }

  @Test
  void anIncompleteFrameIsDroppedWithItsConnection() {
    ByteBudget budget = new ByteBudget(MOST);
    ByteString half = header(100_000).concat(ByteString.fromArray(new byte[90_000]));
    assertThat(decode(settings(""), budget, Source.single(half)).toCompletableFuture().join())
        .isEmpty();
    assertThat(budget.used()).isZero();
  }

  @Test
  void refusesAClientThatStaysOverTheBudget() {
    ByteBudget budget = new ByteBudget(MOST);
    budget.tryAcquire(MOST);
    ByteString half = header(100_000).concat(ByteString.fromArray(new byte[90_000]));
    CompletionStage<List<String>> frames =
        decode(
            settings("inbound-hold = 200 ms"), budget, Source.single(half).concat(Source.maybe()));
    assertThatThrownBy(() -> frames.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ConnectionRefusedException.class)
        .hasMessageContaining("tcp.inbound-budget");
    assertThat(budget.used()).isEqualTo(MOST);
  }

  @Test
  void servesOrdinaryRequestsWhileTheBudgetIsUsedUp() {
    ByteBudget budget = new ByteBudget(MOST);
    budget.tryAcquire(MOST);
    ByteString request = frame(new byte[settings("").inboundAllowance()]);
    assertThat(decode(settings(""), budget, Source.single(request)).toCompletableFuture().join())
        .containsExactly("bytes " + settings("").inboundAllowance());
  }

  @Test
  void refusesAClientThatBeginsAFrameAndStops() {
    CompletionStage<List<String>> frames =
        decode(
            settings("frame-timeout = 100 ms"),
            new ByteBudget(MOST),
            Source.single(header(10)).concat(Source.maybe()));
    assertThatThrownBy(() -> frames.toCompletableFuture().join())
        .hasCauseInstanceOf(ConnectionRefusedException.class)
        .hasMessageContaining("tcp.frame-timeout");
  }
}
