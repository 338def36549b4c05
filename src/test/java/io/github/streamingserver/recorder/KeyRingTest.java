package io.github.streamingserver.recorder;

import static io.github.streamingserver.recorder.FakeOrigin.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.recorder.FakeOrigin.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final String KEY = "0123456789abcdef";

  private final VirtualTime time = new VirtualTime();
  private final FakeOrigin origin = new FakeOrigin();
  private final KeyRing keys =
      new KeyRing(new TextFetcher(origin, Materializer.matFromSystem(time.system()), time), 2);

  @AfterEach
  void close() {
    time.close();
  }

  private CompletableFuture<byte[]> key(String path) {
    return keys.key(URI.create(FakeOrigin.HOST + path), HttpSession.empty()).toCompletableFuture();
  }

  private String got(String path) {
    CompletableFuture<byte[]> asked = key(path);
    time.settle();
    return new String(asked.join(), StandardCharsets.US_ASCII);
  }

  @Test
  void oneFetchIsForAllWhoAsk() {
    CompletableFuture<Answer> later = new CompletableFuture<>();
    origin.always("k", new Answer.Later(later));
    CompletableFuture<byte[]> first = key("k");
    CompletableFuture<byte[]> second = key("k");
    assertThat(first).isNotDone();
    later.complete(text(KEY));
    time.settle();
    assertThat(first.join()).isEqualTo(KEY.getBytes(StandardCharsets.US_ASCII));
    assertThat(second.join()).isEqualTo(first.join());
    assertThat(got("k")).isEqualTo(KEY);
    assertThat(origin.asked("k")).isEqualTo(1);
  }

  @Test
  void aKeyThatCouldNotBeHadIsAskedForAgain() {
    origin.script("k", new Answer.Status(503), new Answer.Nothing(), text(KEY));
    assertThat(failure("k")).contains("503");
    assertThat(failure("k")).contains("No connection");
    assertThat(got("k")).isEqualTo(KEY);
    assertThat(got("k")).isEqualTo(KEY);
    assertThat(origin.asked("k")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 32, 5000, 100_000})
  void whatIsNoKeyIsAFailure(int length) {
    origin.script("k", text("x".repeat(length)), text(KEY));
    assertThat(failure("k")).containsAnyOf("instead of a key of 16", "longer than");
    assertThat(got("k")).isEqualTo(KEY);
  }

  @Test
  void theLatestUsedAreRemembered() {
    for (String path : new String[] {"a", "b", "c"}) {
      origin.always(path, text(KEY));
    }
    for (String path : new String[] {"a", "b", "a", "c", "a", "b"}) {
      assertThat(got(path)).isEqualTo(KEY);
    }
    assertThat(origin.asked("a")).isEqualTo(1);
    assertThat(origin.asked("b")).isEqualTo(2);
    assertThat(origin.asked("c")).isEqualTo(1);
  }

  private String failure(String path) {
    CompletableFuture<byte[]> asked = key(path);
    time.settle();
    assertThat(asked).isCompletedExceptionally();
    return StreamException.failureOf(asked.exceptionNow()).message();
  }
}
