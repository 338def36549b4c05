package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come and go, well-behaved or not, and one that never reads. */
final class SoakClients implements AutoCloseable {
  /** Longer than a request to browse may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CHANNELS = 500;
  private static final int GROUPS = 20;
  private static final int SMALL = 4096;
  private static final JsonObject PROVIDER =
      JsonObject.of("provider", Map.of("provider_id", "Channels"));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger visits = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final int port;
  private volatile boolean over;

  SoakClients(int port, int count, Random random) {
    this.port = port;
    for (int i = 0; i < count; i++) {
      Random own = new Random(random.nextLong());
      threads.execute(() -> comeAndGo(own));
    }
    threads.execute(this::neverRead);
  }

  /** What they browse, and the provider of what is recorded. */
  static void makeProviders(Path folder, Origin origin) throws IOException {
    StringBuilder list = new StringBuilder("#EXTM3U\n");
    for (int i = 0; i < CHANNELS; i++) {
      list.append("#EXTINF:-1 group-title=\"Group %d\",Channel %d\n".formatted(i % GROUPS, i));
      list.append(origin.url("soak/" + i + "/live.m3u8")).append('\n');
    }
    origin.serve("list.m3u", list.toString());
    Path channels = Files.createDirectories(folder.resolve("Channels"));
    Files.writeString(
        channels.resolve("config.json"),
        "{\"title\": \"Channels\", \"kind\": \"m3u\", \"url\": \"%s\"}"
            .formatted(origin.url("list.m3u")));
    Path direct = Files.createDirectories(folder.resolve("Direct"));
    Files.writeString(
        direct.resolve("config.json"), "{\"title\": \"Direct\", \"kind\": \"direct\"}");
  }

  int visits() {
    return visits.get();
  }

  /** Requests that had no answer in time. */
  int unanswered() {
    return unanswered.get();
  }

  /** Connections that the server ended though the client behaved, or refused. */
  int broken() {
    return broken.get();
  }

  /** How often the server closed on the one that never reads. */
  int closed() {
    return closed.get();
  }

  private void comeAndGo(Random random) {
    try {
      while (!over) {
        pause(random, 10_000);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            Client client = new Client(socket, PATIENCE)) {
          visits.incrementAndGet();
          visit(client, random);
          // With no time to linger, closing is a reset.
          socket.setSoLinger(random.nextBoolean(), 0);
        } catch (SocketTimeoutException _) {
          unanswered.incrementAndGet();
        } catch (IOException e) {
          broken.incrementAndGet();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("A client can't go on", e);
    }
  }

  private static void visit(Client client, Random random) throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> {
        client.receive("ready");
        hello(client);
        for (int i = random.nextInt(100); i > 0; i--) {
          client.receive("progress");
        }
      }
      case 2 -> {
        client.receive("ready");
        for (int i = random.nextInt(5); i > 0; i--) {
          ask(client, "status", JsonObject.empty());
          pause(random, 2_000);
        }
      }
      case 3 -> {
        client.receive("ready");
        for (String command : List.of("get_providers", "get_categories", "get_media_items")) {
          ask(client, command, PROVIDER);
          pause(random, 2_000);
        }
      }
      case 4 -> {
        client.sendRaw(new byte[] {0, 0});
        pause(random, 10_000);
      }
      case 5 -> {
        hello(client);
        client.sendRaw(new byte[] {0, 0, 4, 0, '[', '"', 's'});
        pause(random, 10_000);
      }
      case 6 -> {
        client.receive("ready");
        client.sendFrame("[\"status\", {".getBytes(StandardCharsets.UTF_8));
        client.receive("stop");
      }
      default -> pause(random, 30_000);
    }
  }

  private static void hello(Client client) throws IOException {
    client.send("hello", JsonObject.of("version", 2).with("events", List.of("progress")));
  }

  /** Asks, and has an answer or an error. */
  private static void ask(Client client, String command, JsonObject args) throws Exception {
    client.send(command, args);
    Message answer = client.receive();
    while (!answer.command().equals(command)
        && !answer.args().text("command").orElse("").equals(command)) {
      answer = client.receive();
    }
  }

  private void neverRead() {
    try {
      while (!over) {
        try (Socket socket = new Socket()) {
          socket.setReceiveBufferSize(SMALL);
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          Client client = new Client(socket, PATIENCE);
          hello(client);
          while (!over) {
            client.send("status", JsonObject.empty());
            Thread.sleep(100);
          }
        } catch (IOException _) {
          closed.incrementAndGet();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(Random random, int most) throws InterruptedException {
    Thread.sleep(random.nextInt(most));
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
    threads.close();
  }
}
