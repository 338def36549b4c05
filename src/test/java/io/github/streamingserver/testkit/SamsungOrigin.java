package io.github.streamingserver.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A public list of Samsung TV Plus as an {@link Origin} has it: a gzip file behind a redirect, with
 * a region of many channels and one of another, and addresses that lead to the streams. The eighth
 * channel is protected.
 */
public final class SamsungOrigin {
  /** The list. */
  public static final String LIST = "lists/.channels.json.gz";

  /** The channel that has a license server. */
  public static final int PROTECTED = 7;

  private static final int CATEGORIES = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Origin origin;

  /** Has {@code origin} serve a list of so many channels, the guide from {@code begin} on. */
  public SamsungOrigin(Origin origin, int channels, Instant begin) {
    this.origin = origin;
    byte[] list = gzip(list(channels, begin));
    origin.route(LIST, _ -> Answer.redirect(302, "/files/list.gz"));
    origin.route("files/list.gz", _ -> Answer.bytes("list.gz", list));
  }

  /** The settings of a provider that is to find this. */
  public String settings() {
    return "streamingserver.providers.SamsungTV { channels-url = \"%s\", playback-url = \"%s\" }%n"
        .formatted(origin.url(LIST), origin.url("play"));
  }

  /** The id of a channel. */
  public static String id(int number) {
    return String.format(Locale.ROOT, "DEBA%07dAB", number);
  }

  /** Serves a channel behind its address, a redirect away on another host. */
  public void broadcast(int number, LiveChannel channel) {
    String master = "streams/" + number + "/master.m3u8";
    origin.route(
        "play/stvp-" + id(number),
        _ -> Answer.redirect(302, origin.urlOnOtherHost(master).toString()));
    origin.route(
        master,
        _ ->
            Answer.text(
                "master.m3u8",
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180\nlive.m3u8\n"));
    origin.route("streams/" + number + "/live.m3u8", channel);
  }

  private static Map<String, Object> list(int channels, Instant begin) {
    Map<String, Object> german = new LinkedHashMap<>();
    for (int number = 0; number < channels; number++) {
      german.put(id(number), channel(number, begin));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put(
        "regions",
        Map.of(
            "de", Map.of("name", "Deutschland", "channels", german),
            "gb",
                Map.of(
                    "name", "UK", "channels", Map.of("GB1", Map.of("name", "One", "group", "N")))));
    list.put("slug", "stvp-{id}");
    return list;
  }

  private static Map<String, Object> channel(int number, Instant begin) {
    List<List<Object>> programmes = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      programmes.add(List.of(begin.getEpochSecond() + 3600L * hour, "Hour " + hour));
    }
    Map<String, Object> channel = new LinkedHashMap<>();
    channel.put("chno", 4000 + number);
    channel.put("name", "Sender " + number);
    channel.put("group", "Gruppe " + number % CATEGORIES);
    channel.put("logo", "https://images.example/sender" + number + ".png");
    channel.put("description", "Über " + number);
    channel.put("programs", programmes);
    if (number == PROTECTED) {
      channel.put("license_url", "https://license.example/widevine");
    }
    return channel;
  }

  private static byte[] gzip(Object list) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(JSON.writeValueAsBytes(list));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
