package io.github.streamingserver.testkit;

import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.PekkoHttpFetcher;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.ProviderManifest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.SystemMaterializer;

/** What a provider is given, for tests of one alone: real HTTP, and a clock that a test sets. */
public final class ProviderBench implements AutoCloseable {
  private static final MessageCodec CODEC = new MessageCodec(MessageCodec.CLIENT_LIMITS);

  private final ActorTestKit kit = ActorTestKit.create();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Instant now;

  /** A bench at this time. */
  public ProviderBench(Instant now) {
    this.now = now;
  }

  /** Time goes on. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** What a provider with this config.json and these settings is given. */
  public ProviderContext context(Path data, String config, String settings) throws Exception {
    HttpFetcher fetcher =
        PekkoHttpFetcher.create(
            kit.system(),
            new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ZERO,
                3,
                4,
                "Test/1",
                "pekko.actor.default-blocking-io-dispatcher",
                false));
    return new ProviderContext(
        new ProviderManifest(new ProviderId("Own"), json(config)),
        data,
        data,
        json(settings),
        HttpSession.empty(),
        fetcher,
        new TextFetcher(fetcher, SystemMaterializer.get(kit.system()).materializer(), () -> now),
        blocking,
        () -> now);
  }

  /** A JSON object. */
  public static JsonObject json(String text) throws Exception {
    byte[] frame = ("[\"x\"," + text + "]").getBytes(StandardCharsets.UTF_8);
    Message message = CODEC.decode(new ByteArrayInputStream(frame));
    return message.args();
  }

  /** What {@code stage} completes with, or its StreamException. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StreamException expected) {
        throw expected;
      }
      throw new AssertionError("failed with another exception than StreamException", e.getCause());
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    blocking.shutdownNow();
  }
}
