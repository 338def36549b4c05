package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** A registry over a folder, and one who asks it. */
final class RegistryProbe implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.defaultReference().resolve());
  private final TestProbe<ProviderRegistry.Listing> listings = kit.createTestProbe();
  private final Path folder;
  private final ActorRef<ProviderRegistry.Command> registry;

  RegistryProbe(Path folder, String settings) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("providers"));
    Config config =
        ConfigFactory.parseString(
                "streamingserver.providers { folder = \"%s\", %s }"
                    .formatted(folder.resolve("providers"), settings))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    registry =
        kit.spawn(
            ProviderRegistry.create(
                ServerSettings.create(config).providers(),
                (_, _) -> CompletableFuture.failedFuture(new AssertionError("nothing is fetched")),
                InstantSource.system()));
  }

  ActorTestKit kit() {
    return kit;
  }

  ActorRef<ProviderRegistry.Command> registry() {
    return registry;
  }

  Path home(String id) {
    return folder.resolve("providers").resolve(id);
  }

  /** Saves a config.json as careful editors do. */
  void provider(String id, String config) {
    try {
      Path part = Files.writeString(Files.createTempFile(folder, "config", ""), config);
      if (Files.exists(home(id))) {
        Files.move(part, home(id).resolve("config.json"), StandardCopyOption.ATOMIC_MOVE);
      } else {
        Path made = Files.createTempDirectory(folder, "provider");
        Files.move(part, made.resolve("config.json"));
        Files.move(made, home(id));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(String id) {
    try (Stream<Path> files = Files.walk(home(id))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void tell(String id, String dataDir, ProviderRegistry.Query query) {
    registry.tell(
        new ProviderRegistry.Browse(
            new ProviderId(id), folder.resolve(dataDir), query, listings.ref()));
  }

  List<JsonObject> expectList() {
    return listings.expectMessageClass(ProviderRegistry.Listed.class, PATIENCE).items();
  }

  StreamFailure expectFailure() {
    return listings.expectMessageClass(ProviderRegistry.NotListed.class, PATIENCE).failure();
  }

  /** The names of the categories that a provider has now. */
  List<String> categories(String id) {
    tell(id, "data", new ProviderRegistry.Categories());
    return expectList().stream().map(it -> it.text("name").orElse("")).toList();
  }

  String refusal(String id) {
    tell(id, "data", new ProviderRegistry.Categories());
    return expectFailure().message();
  }

  List<String> titles() {
    registry.tell(new ProviderRegistry.ListProviders(listings.ref()));
    return expectList().stream().map(config -> config.text("title").orElse("")).toList();
  }

  static void assertSoon(Runnable assertion) {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(assertion::run);
  }

  static void assertNames(List<String> names, String... expected) {
    assertThat(names).containsExactly(expected);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
