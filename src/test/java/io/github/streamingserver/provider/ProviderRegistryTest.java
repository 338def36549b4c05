package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderRegistryTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.defaultReference().resolve());

  @TempDir Path folder;

  private final TestProbe<ProviderRegistry.Listing> listings = KIT.createTestProbe();
  private ActorRef<ProviderRegistry.Command> registry;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void start() {
    registry = spawn(false);
  }

  private ActorRef<ProviderRegistry.Command> spawn(boolean showAdult) {
    Config config =
        ConfigFactory.parseString(
                "streamingserver.providers { show-adult = %s, folder = \"%s\" }"
                    .formatted(showAdult, folder.resolve("providers")))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    return KIT.spawn(
        ProviderRegistry.create(
            ServerSettings.create(config).providers(),
            (_, _) -> CompletableFuture.failedFuture(new AssertionError("nothing is fetched")),
            java.time.InstantSource.system()));
  }

  private void provider(String id, String config) {
    try {
      Path home = folder.resolve("providers").resolve(id);
      Files.createDirectories(home.getParent());
      Path made = Files.createTempDirectory(folder, "provider");
      Path written = Files.writeString(made.resolve("config.json"), config);
      // Nobody is to see a folder without, or half of it.
      if (Files.exists(home)) {
        Files.move(written, home.resolve("config.json"), StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(made, home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<JsonObject> expectList() {
    return listings.expectMessageClass(ProviderRegistry.Listed.class).items();
  }

  private StreamFailure expectFailure() {
    return listings.expectMessageClass(ProviderRegistry.NotListed.class).failure();
  }

  private List<String> titles() {
    registry.tell(new ProviderRegistry.ListProviders(listings.ref()));
    return expectList().stream().map(config -> config.text("title").orElse("")).toList();
  }

  /** What is written is noticed a moment later. */
  private void assertTitles(String... titles) {
    Awaitility.await().untilAsserted(() -> assertThat(titles()).containsExactly(titles));
  }

  private void browse(String id, ProviderRegistry.Query query) {
    registry.tell(
        new ProviderRegistry.Browse(
            new ProviderId(id), folder.resolve("data"), query, listings.ref()));
  }

  @Test
  void listsByTitleWithoutRegardToCase() throws IOException {
    provider("B", "{\"title\": \"alpha\", \"extra\": {\"kept\": true}}");
    provider("A", "{\"title\": \"Beta\"}");
    Files.createDirectories(folder.resolve("providers/Untitled"));
    provider("TEMPLATE_x", "{\"title\": \"hidden\"}");
    provider(".git", "{}");
    assertTitles("alpha", "Beta", "Direct", "Untitled");
    registry.tell(new ProviderRegistry.ListProviders(listings.ref()));
    JsonObject first = expectList().getFirst();
    assertThat(first.text("provider_id")).contains("B");
    assertThat(first.object("extra").orElseThrow().bool("kept")).contains(true);
  }

  @Test
  void aBrokenConfigHidesItsProviderAloneAndIsNamedInTheLog() {
    LoggingTestKit.warn("config.json, line 3")
        .expect(
            KIT.system(),
            () -> {
              provider("Broken", "{\n\n\"title\": ]");
              provider("Twice", "{\"title\": \"a\", \"title\": \"b\"}");
              provider("Whole", "{\"title\": \"whole\"}");
              assertTitles("Direct", "whole");
              return null;
            });
    browse("Broken", new ProviderRegistry.Categories());
    assertThat(expectFailure().message()).contains("config.json, line 3");
  }

  @Test
  void showsProvidersForAdultsOnlyWhereTheOwnerAllowsIt() {
    provider("X", "{\"title\": \"X\", \"adult\": true, \"items\": [{\"url\": \"http://a\"}]}");
    assertThat(titles()).containsExactly("Direct");
    browse("X", new ProviderRegistry.Categories());
    assertThat(expectFailure().message()).contains("providers.show-adult");
    registry = spawn(true);
    assertTitles("Direct", "X");
  }

  @Test
  void browsesAndSearches() {
    provider(
        "Shelf",
        """
        {"items": [{"category": "b", "title": "One", "url": "http://1"},
                   {"category": "A", "title": "Two", "url": "http://2", "own": 7},
                   {"category": "b", "title": "Three", "url": "http://3"},
                   {"title": "Four", "url": "http://4"}]}\
        """);
    browse("Shelf", new ProviderRegistry.Categories());
    assertThat(expectList())
        .containsExactly(
            JsonObject.of("name", "A").with("provider_id", "Shelf"),
            JsonObject.of("name", "All").with("provider_id", "Shelf"),
            JsonObject.of("name", "b").with("provider_id", "Shelf"));
    browse("Shelf", new ProviderRegistry.Items(JsonObject.of("name", "b"), new Page(2, 1)));
    assertThat(expectList())
        .extracting(item -> item.text("title").orElse(""))
        .containsExactly("Three");
    browse("Shelf", new ProviderRegistry.Search("tW", new Page(1, Page.ALL)));
    assertThat(expectList())
        .extracting(item -> item.number("own").orElse(0.0))
        .containsExactly(7.0);
  }

  @Test
  void refusesWhatItDoesNotHave() {
    provider("Odd", "{\"kind\": \"telepathy\"}");
    browse("Odd", new ProviderRegistry.Categories());
    assertThat(expectFailure().message()).contains("telepathy", "direct");
    browse("None", new ProviderRegistry.Categories());
    assertThat(expectFailure().message()).contains("There is no provider 'None'");
    registry.tell(
        new ProviderRegistry.Browse(
            new ProviderId("Direct"),
            Path.of("/proc/x"),
            new ProviderRegistry.Categories(),
            listings.ref()));
    assertThat(expectFailure().message()).contains("data_dir /proc/x is not allowed");
  }
}
