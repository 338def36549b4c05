package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Jars;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PluginSource;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers come, change, break, are mended and go while many browse and one records. */
class ReloadJourneyTest {
  private static final int CLIENTS = 20;

  /** The channel stands still while providers change, for however long that takes. */
  private static final String SETTINGS =
      Settings.FAST
          + "streamingserver { live.end-grace = 2 s, recording.retry-budget = 5 minutes }\n";

  private static final String KEY = ReloadJourneyTest.class.getName() + ".";

  @TempDir Path folder;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private volatile boolean over;

  private Path home(String id) {
    return folder.resolve("providers").resolve(id);
  }

  private void shelf(String id, String config) throws IOException {
    Files.createDirectories(home(id));
    Path part = Files.writeString(folder.resolve("part"), config);
    Files.move(part, home(id).resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void good(String id, String category) throws IOException {
    shelf(
        id,
        """
        {"title": "%1$s", "items": [{"category": "%2$s", "title": "x", "url": "http://x/"}]}\
        """
            .formatted(id, category));
  }

  private static void jar(Path home, String category) throws IOException {
    Jars.build(
        home.resolve("shop.jar"),
        PluginSource.TYPE,
        PluginSource.of(category, KEY + category),
        PluginSource.TYPE);
  }

  private void remove(String id) throws IOException {
    try (Stream<Path> files = Files.walk(home(id))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A client that browses all that is known, and remembers every answer that is none. */
  private void browse(int port) {
    try (Client client = new Client(port)) {
      while (!over) {
        seen.addAll(ids(ask(client, "get_providers", "")));
        for (String id : known) {
          for (JsonObject category : ask(client, "get_categories", id)) {
            seen.add(id + " " + category.text("name").orElse(""));
            ask(client, "get_media_items", id, category);
          }
          ask(client, "search", id);
        }
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  private static List<String> ids(List<JsonObject> providers) {
    return providers.stream().map(it -> "listed " + it.text("provider_id").orElse("")).toList();
  }

  private List<JsonObject> ask(Client client, String command, String id) throws Exception {
    return ask(client, command, id, JsonObject.empty());
  }

  private List<JsonObject> ask(Client client, String command, String id, JsonObject category)
      throws Exception {
    client.send(
        command,
        JsonObject.of("provider", Map.of("provider_id", id))
            .with("data_dir", folder.resolve("data").toString())
            .with("category", category)
            .with("term", "x"));
    Message reply = client.receive();
    // The recording's broadcasts, and the greeting.
    while (!reply.command().equals(command) && reply.args().text("command").isEmpty()) {
      reply = client.receive();
    }
    answers.incrementAndGet();
    // Who asked before it was known to go is told that it has gone.
    if (!reply.command().equals(command) && known.contains(id)) {
      failures.add(command + " " + id + ": " + reply);
    }
    return reply.args().objects("data");
  }

  /** Waits until clients were told so after now. */
  private void awaitSeen(String fact) {
    seen.clear();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.contains(fact));
  }

  private void awaitUnseen(String fact) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              seen.clear();
              awaitSeen("listed Direct");
              awaitSeen("listed Direct");
              return !seen.contains(fact);
            });
  }

  private void awaitRounds() {
    long enough = answers.get() + 10L * CLIENTS;
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers.get() > enough);
  }

  private static void assertUnloaded(String category) {
    WeakReference<?> classes =
        (WeakReference<?>) Objects.requireNonNull(System.getProperties().get(KEY + category));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(classes.refersTo(null)).as(category).isTrue();
            });
  }

  @Test
  void nobodyNoticesButByWhatIsNew() throws Exception {
    good("Shelf", "One");
    known.add("Shelf");
    LiveChannel channel =
        new LiveChannel(LiveChannel.EVENT, 1)
            .add(new Media.Part(Media.hls(), 0, 10).listed(java.net.URI.create("hls/")));
    try (Origin origin = new Origin(Media.root());
        TestServer server = TestServer.start(folder.resolve("providers"), SETTINGS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Client recorder = new Client(server.port())) {
      List<Future<?>> clients = new ArrayList<>();
      origin.route("live.m3u8", channel.advance(3));
      recorder.send(
          "start",
          JsonObject.of("url", origin.url("live.m3u8").toString())
              .with("rec_dir", folder.resolve("movie").toString())
              .with("from_start", true)
              .with("buffering", 3)
              .with("provider", Map.of("provider_id", "Shelf")));
      JsonObject start = recorder.receive("start");
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> browse(server.port())));
      }
      try {
        changeAll(channel);
      } finally {
        over = true;
      }
      for (Future<?> client : clients) {
        client.get();
      }
      channel.advance(10).end();
      new Recording(List.of(start), recorder.receive("stop"), folder.resolve("movie"))
          .assertComplete()
          .assertHolds(Media.joined(Media.hls()));
      assertThat(failures).isEmpty();
    }
  }

  private void changeAll(LiveChannel channel) throws Exception {
    awaitSeen("Shelf One");
    Path made = folder.resolve("made");
    jar(made, "first");
    Files.writeString(made.resolve("config.json"), "{\"kind\": \"class\"}");
    Files.move(made, home("Shop"));
    good("New", "New");
    awaitSeen("listed New");
    known.addAll(List.of("New", "Shop"));
    awaitSeen("Shop first");
    awaitSeen("New New");
    channel.advance(1);
    good("Shelf", "Two");
    awaitSeen("Shelf Two");
    shelf("Shelf", "{\n \"title\": \"half of i");
    shelf("New", "{\"kind\": \"no such\"}");
    awaitRounds();
    awaitSeen("Shelf Two");
    awaitSeen("New New");
    channel.advance(1);
    good("Shelf", "Three");
    jar(home("Shop"), "second");
    awaitSeen("Shelf Three");
    awaitSeen("Shop second");
    assertUnloaded("first");
    Files.writeString(home("Shop").resolve("shop.jar"), "no jar");
    awaitRounds();
    awaitSeen("Shop second");
    channel.advance(1);
    known.removeAll(Set.of("New", "Shop"));
    remove("New");
    remove("Shop");
    awaitUnseen("listed Shop");
    awaitUnseen("listed New");
    assertUnloaded("second");
    awaitSeen("Shelf Three");
  }
}
