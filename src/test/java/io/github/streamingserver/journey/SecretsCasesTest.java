package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets in whatever holds some, while all goes wrong: none is logged or told. */
class SecretsCasesTest {
  private static final String SECRET = "s3cr3t";
  private static final String QUERY = "?token=" + SECRET;

  @TempDir private Path folder;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Message> told = new ArrayList<>();
  private Level level = Level.INFO;
  private Origin origin;
  private TestServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    log.start();
    level = root().getLevel();
    root().setLevel(Level.DEBUG);
    root().addAppender(log);
    origin = new Origin(Media.root());
    provider("List", "\"kind\": \"m3u\", \"url\": \"" + secret("list") + "\"");
    provider(
        "Guided",
        "\"kind\": \"m3u\", \"url\": \""
            + secret("good")
            + "\", \"guide\": \""
            + secret("guide")
            + "\"");
    provider("Json", "\"kind\": \"json\", \"url\": \"" + secret("json") + "\"");
    provider("Odd", "\"kind\": \"m3u\", \"url\": \"ftp://u:" + SECRET + "@h/" + QUERY + "\"");
    provider("Broken", "\"kind\": \"m3u\", \"headers\": {\"Authorization\": \"" + SECRET + "\", ");
    provider(
        "Headers",
        "\"kind\": \"m3u\", \"url\": \"%s\", \"headers\": {\"Bad Name\": \"%s\"}, \"proxy\": \"http://u:%s@127.0.0.1:1\""
            .formatted(secret("list"), SECRET, SECRET));
    server =
        TestServer.start(
            folder.resolve("providers"),
            Settings.FAST
                + "streamingserver.recording { start-budget = 1 s, retry-budget = 1 s }\n"
                + "streamingserver.http.access.curl = \"\"\n"
                + "streamingserver.providers.PlutoTV { username = u, password = "
                + SECRET
                + ", api-url = \"http://127.0.0.1:1\", boot-url = \"http://127.0.0.1:1\" }\n"
                + "streamingserver.security.token = "
                + SECRET);
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
    root().detachAppender(log);
    root().setLevel(level);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** With a user, a password and a token. */
  private String secret(String path) {
    return origin.url(path).toString().replace("http://", "http://user:" + SECRET + "@") + QUERY;
  }

  private void provider(String id, String fields) throws Exception {
    Path file = folder.resolve("providers").resolve(id).resolve("config.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, fields.endsWith(", ") ? "{" + fields : "{" + fields + "}");
    Files.copy(
        Path.of("providers/PlutoTV/config.json"),
        Files.createDirectories(folder.resolve("providers/PlutoTV")).resolve("config.json"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void ask(String command, JsonObject arguments) throws Exception {
    client.send(command, arguments);
    Message answer = client.receive();
    told.add(answer);
    while (answer.command().equals("start")) {
      answer = client.receive();
      told.add(answer);
    }
  }

  private void record(String url) throws Exception {
    ask(
        "start",
        JsonObject.of("url", url)
            .with("rec_dir", folder.resolve("movie").toString())
            .with("quality", "best")
            .with("buffering", 1)
            .with("headers", Map.of("Authorization", "Bearer " + SECRET, "X-Key", SECRET))
            .with("cookies", Map.of("session", SECRET))
            .with("provider", Map.of("provider_id", "Direct")));
  }

  private void browse(String provider) throws Exception {
    ask(
        "get_categories",
        JsonObject.of("provider", Map.of("provider_id", provider))
            .with("data_dir", folder.resolve("data").toString()));
  }

  private void failAllTheWays(String path) throws Exception {
    record(secret(path + "-not-there"));
    for (Fault fault :
        List.of(
            new Fault.Status(403, Map.of("Set-Cookie", "c=" + SECRET)),
            new Fault.Status(500, Map.of()),
            new Fault.Page(),
            new Fault.ResetAfter(0),
            new Fault.CutAfter(10))) {
      Fault[] often = new Fault[40];
      Arrays.fill(often, fault);
      origin.fail(path, often);
      record(secret(path));
      origin.behave(path);
    }
  }

  @Test
  void noneIsLoggedOrTold() throws Exception {
    client.send("hello", JsonObject.of("token", SECRET));
    told.add(client.receive());
    String mp4 = Media.root().relativize(Media.mp4()).toString();
    failAllTheWays(mp4);
    origin.serve(
        "list.m3u8",
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:4
        #EXTINF:4,
        s0.ts%s
        #EXT-X-ENDLIST
        """
            .formatted(QUERY));
    record(secret("list.m3u8"));
    failAllTheWays("list.m3u8");
    origin.serve(
        "odd.m3u8",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nftp://u:" + SECRET + "@h/a" + QUERY + "\n");
    record(secret("odd.m3u8"));
    origin.serve(
        "garbage.m3u8",
        "#EXTM3U\n#EXT-X-TARGETDURATION:" + SECRET + "\n#EXTINF:" + SECRET + ",\ns.ts" + QUERY);
    record(secret("garbage.m3u8"));
    origin.serve(
        "key.m3u8",
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:4
        #EXT-X-KEY:METHOD=AES-128,URI="nokey%s"
        #EXTINF:4,
        list.m3u8%s
        #EXT-X-ENDLIST
        """
            .formatted(QUERY, QUERY));
    record(secret("key.m3u8"));
    origin.route("loop", _ -> Answer.redirect(302, secret("loop")));
    record(secret("loop"));
    origin.route("ftp", _ -> Answer.redirect(302, "ftp://u:" + SECRET + "@h/" + QUERY));
    record(secret("ftp"));
    for (String url :
        List.of(
            "ftp://u:" + SECRET + "@h/a" + QUERY,
            "http://user:" + SECRET + "@no-such-host.invalid/a.ts" + QUERY,
            "http://user:" + SECRET + "@127.0.0.1:1/a.ts" + QUERY,
            "https://user:" + SECRET + "@127.0.0.1:" + origin.url("").getPort() + "/a.ts" + QUERY,
            "http://user:" + SECRET + "@[" + QUERY,
            "http://user:" + SECRET + "@h:99999/" + QUERY)) {
      record(url);
    }
    origin.serve(
        "good", "#EXTM3U\n#EXTINF:-1,A\nhttp://u:" + SECRET + "@127.0.0.1:1/a.ts" + QUERY + "\n");
    for (String provider :
        List.of("List", "Guided", "Json", "Odd", "Broken", "Headers", "PlutoTV")) {
      browse(provider);
    }
    origin.serve("list", "<html>" + SECRET);
    origin.serve("json", "{" + SECRET);
    browse("List");
    browse("Json");
    ask(
        "get_thumbnail",
        JsonObject.of("url", secret("nothing"))
            .with("provider", Map.of("provider_id", "Direct"))
            .with("data_dir", folder.resolve("data").toString()));
    assertNoneIs();
  }

  private void assertNoneIs() throws Exception {
    // What failed is told with the address that the client itself sent, so that it knows which.
    for (Message message : told) {
      assertThat(message.args().text("msg").orElse(""))
          .as(message.toString())
          .doesNotContain(SECRET);
    }
    assertThat(told).hasSizeGreaterThan(30);
    List<String> lines = new ArrayList<>();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    assertThat(lines).hasSizeGreaterThan(10).noneMatch(line -> line.contains(SECRET));
    assertThat(folder.resolve("movie/log.txt")).content().doesNotContain(SECRET);
  }
}
