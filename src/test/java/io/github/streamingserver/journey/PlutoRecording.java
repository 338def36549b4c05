package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.PlutoOrigin;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Path;
import java.util.Map;

/** Asks for a channel of Pluto TV, all of its window, and waits for the end. */
final class PlutoRecording {
  private PlutoRecording() {}

  static Recording of(Client client, int channel, Path folder) throws Exception {
    client.send(
        "start",
        JsonObject.of(
                "url",
                "https://stitcher.example/channel/" + PlutoOrigin.id(channel) + "/master.m3u8")
            .with("rec_dir", folder.toString())
            .with("show_ads", true)
            .with("quality", "best")
            .with("from_start", true)
            .with("provider", Map.of("provider_id", "PlutoTV")));
    return Recording.await(client, folder);
  }
}
