package io.github.streamingserver.provider.m3u;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.PekkoHttpFetcher;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.MessageCodec;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.ProviderManifest;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.SystemMaterializer;
import org.awaitility.Awaitility;

/**
 * Browses a list in a JVM of its own, whose heap is bounded: all of it, with its guide, and again
 * while both are renewed. Prints what was seen and how long it took.
 */
final class HeapRun {
  private static final Page EVERYTHING = new Page(1, Page.ALL);

  private static volatile Instant now = Instant.EPOCH;

  private HeapRun() {}

  /** Arguments: the list's address, the data folder, the guide's first moment. */
  public static void main(String[] args) {
    now = Instant.parse(args[2]);
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "heap", ConfigFactory.load());
    try {
      browse(provider(system, args[0], Path.of(args[1])));
    } finally {
      system.terminate();
    }
  }

  private static M3uProvider provider(ActorSystem<Void> system, String url, Path data) {
    HttpSettings http =
        new HttpSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ZERO,
            3,
            4,
            "Test/1",
            "streamingserver.blocking-dispatcher",
            false);
    PekkoHttpFetcher fetcher = PekkoHttpFetcher.create(system, http);
    ProviderContext context =
        new ProviderContext(
            new ProviderManifest(
                new ProviderId("Tv"), JsonObject.of("url", url).with("kind", M3uProvider.KIND)),
            data,
            data,
            JsonObject.empty(),
            HttpSession.empty(),
            fetcher,
            new TextFetcher(fetcher, SystemMaterializer.get(system).materializer(), () -> now),
            system
                .dispatchers()
                .lookup(
                    org.apache.pekko.actor.typed.DispatcherSelector.fromConfig(
                        "streamingserver.blocking-dispatcher")),
            () -> now);
    return new M3uProvider(context, new AllowedRoots("url", "none", List.of()));
  }

  private static void browse(M3uProvider provider) {
    long begun = System.nanoTime();
    List<JsonObject> categories = await(provider.categories());
    say("categories", categories.size(), begun);
    begun = System.nanoTime();
    say("items", encodeAll(provider, categories), begun);
    JsonObject first = categories.getFirst();
    begun = System.nanoTime();
    awaitFirst(provider, first, item -> item.object("now").isPresent());
    say("guide", 1, begun);
    begun = System.nanoTime();
    say("items with now and next", encodeAll(provider, categories), begun);
    begun = System.nanoTime();
    say("of them with now", having(provider, categories, "now"), begun);
    begun = System.nanoTime();
    say("of them with next", having(provider, categories, "next"), begun);
    begun = System.nanoTime();
    say("found", await(provider.search("channel 4999", EVERYTHING)).size(), begun);
    now = now.plus(Duration.ofMinutes(121));
    begun = System.nanoTime();
    awaitFirst(
        provider,
        first,
        item -> item.text("title").orElse("").endsWith("renewed") && isOn(item, "renewed"));
    say("renewed", encodeAll(provider, categories), begun);
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(java.lang.management.MemoryUsage::getUsed)
            .sum();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "peak heap %d KiB, of it alive at the end %d KiB%n",
        peak >> 10, (runtime.totalMemory() - runtime.freeMemory()) >> 10);
  }

  private static boolean isOn(JsonObject item, String word) {
    return item.object("now").flatMap(on -> on.text("title")).orElse("").endsWith(word);
  }

  /** How many items were sent, category by category, as the wire has them. */
  private static int encodeAll(M3uProvider provider, List<JsonObject> categories) {
    MessageCodec codec = new MessageCodec(MessageCodec.CLIENT_LIMITS);
    int items = 0;
    for (JsonObject category : categories) {
      List<JsonObject> page = await(provider.items(category, EVERYTHING));
      items += page.size();
      if (codec.encode(ServerMessages.data(Command.GET_MEDIA_ITEMS, page)).length < items) {
        throw new AssertionError("too little was sent");
      }
    }
    return items;
  }

  /** How many items have a programme in {@code field}. */
  private static int having(M3uProvider provider, List<JsonObject> categories, String field) {
    int known = 0;
    for (JsonObject category : categories) {
      for (JsonObject item : await(provider.items(category, EVERYTHING))) {
        known += item.object(field).isPresent() ? 1 : 0;
      }
    }
    return known;
  }

  private static void awaitFirst(
      M3uProvider provider, JsonObject category, Predicate<JsonObject> wanted) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> await(provider.items(category, new Page(1, 1))).getFirst(), wanted);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void say(String what, int count, long begun) {
    System.out.printf("%s %d in %d ms%n", what, count, (System.nanoTime() - begun) / 1_000_000);
  }
}
