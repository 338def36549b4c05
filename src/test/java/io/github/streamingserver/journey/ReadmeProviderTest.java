package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a provider does what the README says, for who copies it. */
class ReadmeProviderTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```json\\n(\\{.*?\\n\\})\\n```", Pattern.DOTALL);

  @TempDir Path folder;

  private static String example() throws Exception {
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(MatchResult::group)
            .filter(text -> text.contains("\"kind\": \"html\""))
            .toList();
    assertThat(examples).hasSize(1);
    return EXAMPLE.matcher(examples.getFirst()).replaceAll("$1");
  }

  private static List<JsonObject> ask(Client client, String command, JsonObject args)
      throws Exception {
    client.send(command, args.with("provider", Map.of("provider_id", "Films")));
    Message answer = client.receive();
    while (answer.command().equals("ready")) {
      answer = client.receive();
    }
    assertThat(answer.command()).as(answer.toString()).isEqualTo(command);
    return answer.args().objects("data");
  }

  @Test
  void browsesSearchesAndRecords() throws Exception {
    String example = example();
    assertThat(example.lines().count()).isLessThan(40);
    Path providers = folder.resolve("providers");
    Files.createDirectories(providers.resolve("Films"));
    Files.writeString(providers.resolve("Films/config.json"), example);
    try (Origin origin = new Origin(Media.root())) {
      String film = new MadeUpSite(origin).film();
      String settings = "streamingserver.providers.Films.base-url = \"" + origin.url("") + "\"";
      try (TestServer server = TestServer.start(providers, settings);
          Client client = new Client(server.port())) {
        JsonObject data = JsonObject.of("data_dir", folder.resolve("data").toString());
        List<JsonObject> categories = ask(client, "get_categories", data);
        assertThat(categories)
            .extracting(it -> it.text("name").orElse(""))
            .containsExactly("Boats & ships", "Trains");
        JsonObject trains = data.with("category", categories.getLast());
        List<JsonObject> items = ask(client, "get_media_items", trains);
        assertThat(items).hasSize(10);
        assertThat(items.get(3))
            .isEqualTo(
                JsonObject.of("url", origin.url(film).toString())
                    .with("title", "Film 3")
                    .with("thumbnail", origin.url("t/3.jpg").toString())
                    .with("duration", "12:33"));
        assertThat(ask(client, "get_media_items", trains.with("page", 3).with("limit", 7)))
            .extracting(it -> it.text("title").orElse(""))
            .startsWith("Film 14")
            .endsWith("Film 20")
            .hasSize(7);
        assertThat(ask(client, "search", data.with("term", "a b&c"))).hasSize(10);
        assertThat(origin.requests("search").getLast().query()).isEqualTo("q=a+b%26c&page=1");
        record(client, items.get(3));
      }
    }
  }

  private void record(Client client, JsonObject item) throws Exception {
    client.send(
        "start",
        JsonObject.of("url", item.text("url").orElseThrow())
            .with("rec_dir", folder.resolve("movie").toString())
            .with("quality", "provider")
            .with("provider", Map.of("provider_id", "Films")));
    JsonObject stop = client.receive("stop");
    assertThat(stop.text("reason")).as(stop.toString()).contains("complete");
    Frames.assertSame(folder.resolve("movie/stream_0.mp4"), Media.mp4());
  }
}
