package io.github.streamingserver.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Pluto TV's services as an {@link Origin} has them: a list of channels with a guide of two days,
 * sessions whose tokens expire, and stitched streams in front of {@link LiveChannel}s. One channel
 * in ten is not stitched. Tokens hold the word {@link #SECRET}.
 */
public final class PlutoOrigin {
  /** What must be seen nowhere but here. */
  public static final String SECRET = "s3cr3t";

  /** The list of channels. */
  public static final String LIST = "v2/channels";

  /** Where sessions begin. */
  public static final String BOOT = "v4/start";

  private static final int CATEGORIES = 20;
  private static final Duration PROGRAMME = Duration.ofMinutes(30);
  private static final DateTimeFormatter ASKED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxx", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How long a token is good for.
   *
   * @param refresh when a client is told to ask for another
   */
  public record Validity(Duration time, int loads, Duration refresh) {
    /** So long, and no longer. */
    public static Validity of(Duration time) {
      return of(time, time);
    }

    /** So long; another is to be asked for before. */
    public static Validity of(Duration time, Duration refresh) {
      return new Validity(time, Integer.MAX_VALUE, refresh);
    }

    /** For so many loads of a media playlist. */
    public static Validity of(int loads) {
      return new Validity(Duration.ofDays(1), loads, Duration.ofDays(1));
    }
  }

  private record Token(Instant issued, int loads) {}

  private final Origin origin;
  private final InstantSource clock;
  private final Validity validity;
  private final Map<String, Token> tokens = new HashMap<>();
  private final Set<String> clients = new HashSet<>();
  private int refused;

  /** Has {@code origin} serve a list of so many channels, and sessions. */
  public PlutoOrigin(Origin origin, int channels, InstantSource clock, Validity validity) {
    this.origin = origin;
    this.clock = clock;
    this.validity = validity;
    origin.route(LIST, request -> json(list(channels, request)));
    origin.route(BOOT, this::begin);
  }

  /** The settings of a provider that is to find this. */
  public String settings() {
    String base = origin.url("").toString();
    return "streamingserver.providers.PlutoTV { api-url = \"%s\", boot-url = \"%s\", stitcher-url = \"%s\" }%n"
        .formatted(base, base, base);
  }

  /** The id of a channel. */
  public static String id(int number) {
    return String.format(Locale.ROOT, "5f0000000000000000%06x", number);
  }

  /** Whether a channel is stitched, and so offered. */
  public static boolean stitched(int number) {
    return number % 10 != 9;
  }

  /** The programme of a channel that begins then, as the guide names it. */
  public static String programme(int number, Instant start) {
    return "Show " + number + " of " + CLOCK.format(start);
  }

  /** Serves a channel: in sessions, and at the address that needs none. */
  public void broadcast(int number, LiveChannel channel) {
    String stitched = "v2/stitch/hls/channel/" + id(number) + "/";
    origin.route(
        stitched + "master.m3u8",
        request ->
            valid(request, false)
                .map(token -> master("live.m3u8?jwt=" + token))
                .orElseGet(() -> Answer.status(401)));
    origin.route(
        stitched + "live.m3u8",
        request ->
            valid(request, true)
                .map(_ -> channel.apply(request))
                .orElseGet(() -> Answer.status(403)));
    String embedded = "v1/stitch/embed/hls/channel/" + id(number) + "/";
    origin.route(embedded + "master.m3u8", _ -> master("live.m3u8"));
    origin.route(embedded + "live.m3u8", channel);
  }

  /** How many sessions were begun. */
  public synchronized int sessions() {
    return clients.size();
  }

  /** How many tokens have expired by now. */
  public synchronized long expired() {
    return tokens.values().stream()
        .filter(token -> !clock.instant().isBefore(token.issued().plus(validity.time())))
        .count();
  }

  /** How often a token was refused. */
  public synchronized int refused() {
    return refused;
  }

  private static Answer master(String media) {
    return Answer.text(
        "master.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180\n" + media);
  }

  private synchronized Answer begin(Request request) {
    Map<String, String> asked = query(request);
    String client = asked.getOrDefault("clientID", "");
    boolean whole =
        client.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
            && asked.keySet().containsAll(List.of("appName", "appVersion", "clientModelNumber"));
    if (!whole || !clients.add(client)) {
      return Answer.status(400);
    }
    String token = "eyJ." + SECRET + "." + clients.size();
    tokens.put(token, new Token(clock.instant(), 0));
    return json(
        Map.of(
            "sessionToken",
            token,
            "stitcherParams",
            "advertisingId=&deviceId=" + client + "&sid=1",
            "servers",
            Map.of("stitcher", origin.url("").toString()),
            "refreshInSec",
            validity.refresh().toSeconds()));
  }

  private synchronized Optional<String> valid(Request request, boolean load) {
    String name = query(request).getOrDefault("jwt", "");
    Token token = tokens.get(name);
    if (token == null
        || token.loads() >= validity.loads()
        || !clock.instant().isBefore(token.issued().plus(validity.time()))) {
      refused++;
      return Optional.empty();
    }
    tokens.put(name, new Token(token.issued(), token.loads() + (load ? 1 : 0)));
    return Optional.of(name);
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : request.query().split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      query.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static Answer json(Object value) {
    try {
      return Answer.bytes("list.json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> list(int channels, Request request) {
    Map<String, String> asked = query(request);
    Function<String, Instant> time =
        name -> OffsetDateTime.parse(asked.getOrDefault(name, ""), ASKED).toInstant();
    List<Map<String, Object>> list = new ArrayList<>();
    for (int number = 0; number < channels; number++) {
      list.add(channel(number, guide(number, time.apply("start"), time.apply("stop"))));
    }
    return list;
  }

  private static Map<String, Object> channel(int number, List<Map<String, Object>> guide) {
    Map<String, Object> channel = new LinkedHashMap<>();
    channel.put("_id", id(number));
    channel.put("slug", "channel-" + number);
    channel.put("name", "Channel " + number);
    channel.put("number", number);
    channel.put("category", "Category " + number % CATEGORIES);
    channel.put("summary", "What \"channel\" " + number + " is für");
    channel.put("isStitched", stitched(number));
    channel.put("thumbnail", Map.of("path", "https://images.example/" + number + "/thumb.jpg"));
    channel.put("colorLogoPNG", Map.of("path", "https://images.example/" + number + ".png"));
    if (stitched(number)) {
      String url =
          "https://stitcher.example/stitch/hls/channel/%s/master.m3u8?advertisingId=&deviceId=&sid=&terminate=false"
              .formatted(id(number));
      channel.put("stitched", Map.of("urls", List.of(Map.of("type", "hls", "url", url))));
    }
    channel.put("timelines", guide);
    return channel;
  }

  private static List<Map<String, Object>> guide(int number, Instant from, Instant to) {
    List<Map<String, Object>> guide = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); start = start.plus(PROGRAMME)) {
      guide.add(
          Map.of(
              "start", start.toString(),
              "stop", start.plus(PROGRAMME).toString(),
              "title", programme(number, start),
              "episode",
                  Map.of("name", "Part", "description", "What happens at " + CLOCK.format(start))));
    }
    return guide;
  }
}
