package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Daemon;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A recording whose server is killed, and a client that comes back. */
final class Survivor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final Origin origin = new Origin(Media.root());
  private final Daemon daemon;
  private final List<JsonObject> starts = new ArrayList<>();
  private Client client;

  Survivor(Path folder, String settings) throws Exception {
    this.folder = folder;
    daemon = new Daemon(folder.resolve("server"), settings).start();
    client = connected();
  }

  private Client connected() throws Exception {
    Client connecting = new Client(daemon.port(), PATIENCE);
    connecting.receive("ready");
    connecting.send("hello", JsonObject.of("version", 2).with("events", List.of("progress")));
    return connecting;
  }

  Origin origin() {
    return origin;
  }

  Daemon daemon() {
    return daemon;
  }

  Client client() {
    return client;
  }

  Path recordings() {
    return folder.resolve("movie");
  }

  /** Asks for what the origin has at {@code path}. */
  Survivor ask(String path, JsonObject more) throws IOException {
    client.send(
        "start",
        JsonObject.of("url", origin.url(path).toString())
            .with("rec_dir", recordings().toString())
            .with("quality", "best")
            .with("buffering", 2)
            .with("provider", Map.of("provider_id", "Direct"))
            .and(more));
    return this;
  }

  /** Waits until it is told of progress that is {@code enough}. */
  void awaitProgress(Predicate<JsonObject> enough) throws Exception {
    for (Message message = client.receive(); ; message = client.receive()) {
      assertThat(message.command()).as(message + "\n" + daemon.log()).isNotEqualTo("stop");
      if (message.command().equals("start")) {
        starts.add(message.args());
      } else if (message.command().equals("progress") && enough.test(message.args())) {
        return;
      }
    }
  }

  /** Waits until so many segments are on disk. */
  void awaitSegments(int count) throws Exception {
    awaitProgress(progress -> progress.number("segments").orElse(0.0) >= count);
  }

  /** The server dies. */
  void kill() throws Exception {
    daemon.kill();
    client.close();
  }

  /** The server comes back, and so does its client. */
  void restart() throws Exception {
    daemon.start();
    client = connected();
  }

  /** Waits until the client is told of a section. */
  JsonObject awaitStart() throws Exception {
    while (true) {
      Message message = client.receive();
      assertThat(message.command()).as(message + "\n" + daemon.log()).isNotEqualTo("stop");
      if (message.command().equals("start")) {
        starts.add(message.args());
        return message.args();
      }
    }
  }

  /** Waits for the end. */
  Recording await() throws Exception {
    while (true) {
      Message message = client.receive();
      if (message.command().equals("start")) {
        starts.add(message.args());
      } else if (message.command().equals("stop")) {
        return new Recording(starts, message.args(), recordings());
      }
    }
  }

  /** Nothing more is told to this client, nor to the next, and nothing is left in the journal. */
  void assertOver() throws Exception {
    client.send("status", JsonObject.empty());
    Message message = client.receive();
    while (message.command().equals("progress") || message.command().equals("hello")) {
      message = client.receive();
    }
    assertThat(message.command()).as(message.toString()).isEqualTo("status");
    assertThat(daemon.journal()).isEmpty();
    try (Client next = new Client(daemon.port(), PATIENCE)) {
      next.receive("ready");
      next.send("status", JsonObject.empty());
      assertThat(next.receive().command()).isEqualTo("status");
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    daemon.close();
    origin.close();
  }
}
