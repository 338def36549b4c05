package io.github.streamingserver.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.ProviderManifest;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.testkit.Asked;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolverActorTest {
  private static final URI URL = URI.create("http://host/film");
  private static final Config CONFIG =
      ManualTime.config()
          .withFallback(
              ConfigFactory.parseString(
                  "streamingserver.resolver { parallelism = 1, queue = 1, timeout = 30 s }"))
          .withFallback(ConfigFactory.defaultReference())
          .resolve();
  private static final RetryPolicy RETRIES =
      new RetryPolicy(
          Duration.ofSeconds(15),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          1,
          Duration.ZERO,
          RandomGenerator.getDefault());

  private final List<CompletableFuture<ResolvedMedia>> attempts = new CopyOnWriteArrayList<>();
  private final List<Quality> asked = new CopyOnWriteArrayList<>();

  private ActorTestKit kit;
  private ManualTime time;
  private TestProbe<ResolverActor.Reply> replies;
  private ActorRef<ResolverActor.Command> resolver;

  @BeforeEach
  void start() {
    kit = ActorTestKit.create(CONFIG);
    time = ManualTime.get(kit.system());
    replies = kit.createTestProbe();
    Resolver scripted =
        (_, quality) -> {
          asked.add(quality);
          CompletableFuture<ResolvedMedia> attempt = new CompletableFuture<>();
          attempts.add(attempt);
          return attempt;
        };
    resolver =
        kit.spawn(
            ResolverActor.create(
                ServerSettings.create(CONFIG).resolver(),
                kit.spawn(registry()),
                scripted,
                RETRIES,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** Knows one provider, of 480p. */
  private static org.apache.pekko.actor.typed.Behavior<ProviderRegistry.Command> registry() {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof ProviderRegistry.Find(var id, var replyTo)) {
            replyTo.tell(
                id.value().equals("Known")
                    ? new ProviderRegistry.Found(
                        new ProviderManifest(id, JsonObject.of("quality", "480p")))
                    : new ProviderRegistry.NotFound(new StreamFailure.Failed("no such provider")));
          }
          return Behaviors.same();
        });
  }

  private void resolve(String provider) {
    RecordingRequest request =
        Asked.of(URL, Path.of("/tmp")).from(provider).at(new Quality.FromProvider()).request();
    resolver.tell(new ResolverActor.Resolve(request, replies.ref()));
  }

  private CompletableFuture<ResolvedMedia> attempt(int number) {
    Awaitility.await().until(() -> attempts.size() >= number);
    return attempts.get(number - 1);
  }

  private static ResolvedMedia media() {
    return new ResolvedMedia(
        new MediaSource.Progressive(URL, "mp4", ""), HttpSession.empty(), new Quality.Best());
  }

  private StreamFailure expectFailure() {
    return replies.expectMessageClass(ResolverActor.NotResolved.class).failure();
  }

  @Test
  void usesTheProvidersOwnQuality() {
    resolve("Known");
    attempt(1).complete(media());
    assertThat(replies.expectMessageClass(ResolverActor.Resolved.class).media()).isNotNull();
    assertThat(asked).containsExactly(new Quality.Height(480));
  }

  @Test
  void refusesAnUnknownProvider() {
    resolve("Unknown");
    assertThat(expectFailure().message()).isEqualTo("no such provider");
    assertThat(attempts).isEmpty();
  }

  @Test
  void triesAgainWhatTimeMayHeal() {
    resolve("Known");
    attempt(1).completeExceptionally(HttpFailures.ofStatus(503, URL));
    time.expectNoMessageFor(Duration.ofMillis(400), replies);
    assertThat(attempts).hasSize(1);
    time.timePasses(Duration.ofMillis(700));
    attempt(2).complete(media());
    replies.expectMessageClass(ResolverActor.Resolved.class);
  }

  @Test
  void tellsAtOnceWhatTimeWontChange() {
    resolve("Known");
    attempt(1).completeExceptionally(HttpFailures.ofStatus(404, URL));
    assertThat(expectFailure().message()).contains("404");
    assertThat(attempts).hasSize(1);
  }

  @Test
  void answersInTimeWhereAResolverNeverComesBack() {
    resolve("Known");
    var _ = attempt(1);
    time.timePasses(Duration.ofSeconds(31));
    assertThat(expectFailure().errorId()).isEqualTo(ErrorId.TIMEOUT);
    resolve("Known");
    attempt(2).complete(media());
    replies.expectMessageClass(ResolverActor.Resolved.class);
  }

  @Test
  void moreThanFitWaitOrAreRefused() {
    resolve("Known");
    var _ = attempt(1);
    resolve("Known");
    resolve("Known");
    assertThat(expectFailure().errorId()).isEqualTo(ErrorId.BUSY);
    attempt(1).complete(media());
    replies.expectMessageClass(ResolverActor.Resolved.class);
    attempt(2).complete(media());
    replies.expectMessageClass(ResolverActor.Resolved.class);
  }
}
