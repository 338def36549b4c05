package io.github.streamingserver.http;

import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.model.StreamException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** What the fetcher's tests have in common: a system, settings, and waiting. */
final class Fetching implements AutoCloseable {
  /** Far beyond what any test needs. */
  private static final long PATIENCE_SECONDS = 30;

  final ActorTestKit kit = ActorTestKit.create();

  static HttpSettings settings(Duration idle) {
    return new HttpSettings(
        Duration.ofSeconds(5),
        idle,
        Duration.ofMillis(10),
        3,
        4,
        "Test/1",
        "pekko.actor.default-blocking-io-dispatcher",
        false);
  }

  PekkoHttpFetcher fetcher() {
    return fetcher(Duration.ofSeconds(20));
  }

  PekkoHttpFetcher fetcher(Duration idle) {
    return PekkoHttpFetcher.create(kit.system(), settings(idle));
  }

  HttpReply get(URI url) {
    return await(fetcher().fetch(HttpFetch.bytes(url), HttpSession.empty()));
  }

  String bodyOf(HttpReply reply) {
    return bytesOf(reply).utf8String();
  }

  ByteString bytesOf(HttpReply reply) {
    return await(
        reply
            .body()
            .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), kit.system()));
  }

  /** What {@code stage} completes with, or its StreamException. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamException expected) {
        throw expected;
      }
      throw new AssertionError("failed with another exception than StreamException", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("hangs", e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
