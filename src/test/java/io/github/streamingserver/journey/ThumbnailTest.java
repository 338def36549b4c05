package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Journey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pictures of items, brought to where a plugin can load them. */
class ThumbnailTest {
  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 1, 2};

  @RegisterExtension
  private final Journey journey =
      new Journey(Settings.FAST + "streamingserver.thumbnails.max-size = 100 KiB");

  private Path data() {
    return journey.recordings().resolveSibling("data");
  }

  private void ask(String path, String provider, Path data) throws Exception {
    journey
        .client()
        .send(
            "get_thumbnail",
            JsonObject.of("url", journey.origin().url(path).toString())
                .with("provider", Map.of("provider_id", provider))
                .with("data_dir", data.toString()));
  }

  private Path bring(String path) throws Exception {
    ask(path, "Direct", data());
    JsonObject reply = journey.client().receive("get_thumbnail");
    assertThat(reply.text("url")).contains(journey.origin().url(path).toString());
    return Path.of(reply.text("file").orElseThrow());
  }

  private void assertRefused(String message) throws Exception {
    JsonObject stop = journey.client().receive("stop");
    assertThat(stop.text("command")).contains("get_thumbnail");
    assertThat(stop.text("url")).isPresent();
    assertThat(stop.text("msg").orElse("")).contains(message);
  }

  @Test
  void isFetchedOnceAndIsAFileInTheDataFolder() throws Exception {
    journey.origin().serve("logo", PICTURE);
    Path file = bring("logo");
    assertThat(file).hasParent(data().resolve("Direct/thumbnails").toRealPath());
    assertThat(file.toString()).endsWith(".png");
    assertThat(file).hasBinaryContent(PICTURE);
    assertThat(bring("logo")).isEqualTo(file);
    assertThat(journey.origin().requests("logo")).hasSize(1);
  }

  @Test
  void aScreenFullComesAndEachReplySaysWhichItIs() throws Exception {
    for (int i = 0; i < 50; i++) {
      journey.origin().serve("logo" + i, PICTURE);
      ask("logo" + i, "Direct", data());
    }
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      JsonObject reply = journey.client().receive("get_thumbnail");
      files.put(reply.text("url").orElseThrow(), reply.text("file").orElseThrow());
    }
    assertThat(files).hasSize(50);
    assertThat(files.values())
        .doesNotHaveDuplicates()
        .allMatch(file -> Path.of(file).toFile().exists());
  }

  @Test
  void refusesWhatIsNone() throws Exception {
    journey.origin().serve("page.html", "<!DOCTYPE html><html></html>");
    journey.origin().serve("large", java.util.Arrays.copyOf(PICTURE, 200_000));
    journey.origin().serve("logo", PICTURE);
    ask("page.html", "Direct", data());
    assertRefused("is no picture");
    ask("large", "Direct", data());
    assertRefused("longer than 102400 bytes");
    ask("nothing", "Direct", data());
    assertRefused("404");
    ask("logo", "Nobody", data());
    assertRefused("There is no provider 'Nobody'");
    ask("logo", "Direct", Path.of("/etc/x"));
    assertRefused("data_dir");
    assertThat(data().resolve("Direct/thumbnails")).doesNotExist();
  }
}
