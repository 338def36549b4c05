package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * From a client's request to the recorded files: for each test a server, a client on a real socket
 * and an origin that serves {@link Media#root()}. Register it as an extension.
 */
public final class Journey implements BeforeEachCallback, AfterEachCallback {
  /** Where {@link #beginLive} has the channel's playlist. */
  public static final String LIVE = "live/index.m3u8";

  private static final String START = "start";
  private static final String STOP = "stop";

  private record Running(Path folder, Origin origin, TestServer server, Client client) {}

  private final String settings;
  private final List<JsonObject> starts = new ArrayList<>();
  private Optional<Running> running = Optional.empty();

  /** The server has these settings besides its own. */
  public Journey(String settings) {
    this.settings = settings;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Path folder = Files.createTempDirectory("journey-");
    TestServer server = TestServer.start(folder.resolve("providers"), settings);
    Client client = new Client(server.port());
    running = Optional.of(new Running(folder, new Origin(Media.root()), server, client));
    client.receive("ready");
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Running all = running();
    all.client().close();
    all.server().close();
    all.origin().close();
    MediaStore.delete(all.folder());
  }

  private Running running() {
    return running.orElseThrow();
  }

  /** The origin, whose root is {@link Media#root()}. */
  public Origin origin() {
    return running().origin();
  }

  /** The client, after it was told that the server is ready. */
  public Client client() {
    return running().client();
  }

  /** Where the recording's files are. */
  public Path recordings() {
    return running().folder().resolve("movie");
  }

  /** Asks for what the origin has at {@code path}. */
  public void ask(String path) throws IOException {
    ask(path, JsonObject.empty());
  }

  /** Asks for what the origin has at {@code path}; {@code more} goes before the usual arguments. */
  public void ask(String path, JsonObject more) throws IOException {
    starts.clear();
    URI url = origin().url(path);
    client()
        .send(
            START,
            JsonObject.of("url", url.toString())
                .with("rec_dir", recordings().toString())
                .with("show_ads", false)
                .with("quality", "best")
                .with("buffering", 2)
                .with("provider", Map.of("provider_id", "Direct"))
                .and(more));
  }

  /**
   * Has {@code channel} at {@link #LIVE}, asks for all of its window of {@code segments}, and
   * returns when all of them are on disk; nothing may appear before.
   */
  public void beginLive(LiveChannel channel, int segments) throws Exception {
    origin().route(LIVE, channel);
    beginLive(LIVE, segments, false);
  }

  /** The same of a channel that is at {@code path} already. */
  public void beginLive(String path, int segments, boolean showAds) throws Exception {
    ask(
        path,
        JsonObject.of("from_start", true).with("buffering", segments).with("show_ads", showAds));
    awaitStart();
  }

  /** Waits until playback may begin; fails at once where the recording ends instead. */
  public JsonObject awaitStart() throws Exception {
    Message message = client().receive();
    while (!message.command().equals(START)) {
      assertThat(message.command()).as(message.toString()).isNotEqualTo(STOP);
      message = client().receive();
    }
    starts.add(message.args());
    return message.args();
  }

  /** What another client is told of the recordings at this moment. */
  public List<JsonObject> status() throws Exception {
    try (Client other = new Client(running().server().port())) {
      other.send("status", JsonObject.empty());
      return other.receive("status").objects("data");
    }
  }

  /** Waits for the end. */
  public Recording await() throws Exception {
    for (Message message = client().receive(); ; message = client().receive()) {
      if (message.command().equals(START)) {
        starts.add(message.args());
      } else if (message.command().equals(STOP)) {
        return new Recording(starts, message.args(), recordings());
      }
    }
  }

  /** Asks for what the origin has at {@code path} and waits for the end. */
  public Recording record(String path) throws Exception {
    return record(path, JsonObject.empty());
  }

  /** The same with {@code more} arguments. */
  public Recording record(String path, JsonObject more) throws Exception {
    ask(path, more);
    return await();
  }

  /** Serves {@code text} at {@code path} and records it. */
  public Recording recordPlaylist(String path, String text) throws Exception {
    origin().serve(path, text);
    return record(path);
  }
}
