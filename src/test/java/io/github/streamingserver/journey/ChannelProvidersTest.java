package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PlutoOrigin;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.SamsungOrigin;
import io.github.streamingserver.testkit.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The providers that ship, as a client on a socket sees them: browsed, and recorded from. */
class ChannelProvidersTest {
  private static final int CHANNELS = 1000;
  private static final int OFFERED = 900;
  private static final int LOADS_OF_A_TOKEN = 3;
  private static final String PLUTO = "PlutoTV";
  private static final String SAMSUNG = "SamsungTV";
  private static final String PASSWORD = "p4ssw0rd&";

  @TempDir Path folder;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Message> told = new ArrayList<>();
  private final List<JsonObject> starts = new ArrayList<>();
  private Origin origin;
  private PlutoOrigin pluto;
  private SamsungOrigin samsung;
  private TestServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    log.start();
    root().addAppender(log);
    origin = new Origin(Media.root());
    pluto =
        new PlutoOrigin(
            origin, CHANNELS, InstantSource.system(), PlutoOrigin.Validity.of(LOADS_OF_A_TOKEN));
    samsung =
        new SamsungOrigin(
            origin,
            CHANNELS,
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS));
    String account =
        "streamingserver.providers.PlutoTV { username = viewer, password = \"%s\" }%n"
            .formatted(PASSWORD);
    server =
        TestServer.start(
            Path.of("providers").toAbsolutePath(),
            Settings.FAST_LIVE
                // The origin makes a thousand channels' guide while it is waited for.
                + "streamingserver.http.idle-timeout = 15 s\n"
                + "streamingserver.hls.renew-every = 1 ms\n"
                + pluto.settings()
                + samsung.settings()
                + account);
    client = new Client(server.port());
    client.receive("ready");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    origin.close();
    root().detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(PlutoOrigin.SECRET) || line.contains("p4ssw0rd"));
    assertThat(told.toString()).doesNotContain(PlutoOrigin.SECRET, "p4ssw0rd");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private List<JsonObject> ask(String command, String provider, JsonObject more) throws Exception {
    client.send(
        command,
        JsonObject.of("provider", Map.of("provider_id", provider))
            .with("data_dir", folder.resolve("data").toString())
            .and(more));
    Message answer = client.receive();
    assertThat(answer.command()).as(answer.toString()).isEqualTo(command);
    return answer.args().objects("data");
  }

  private List<JsonObject> category(String provider, String name) throws Exception {
    return ask(
        "get_media_items",
        provider,
        JsonObject.of("category", Map.of("name", name, "provider_id", provider)));
  }

  private static List<String> texts(List<JsonObject> objects, String name) {
    return objects.stream().map(object -> object.text(name).orElse("")).toList();
  }

  /** A channel whose window shows the first of ten segments; one more at each load. */
  private LiveChannel live() {
    return new LiveChannel(5, 1)
        .add(new Part(Media.hls(), 0, 10).listed(origin.url("hls/")))
        .advance(3)
        .advanceAfterEachLoad(1)
        .endAtLast();
  }

  private void record(String provider, JsonObject item, boolean showAds) throws Exception {
    client.send(
        "start",
        JsonObject.of("url", item.text("url").orElse(""))
            .with("video", item)
            .with("rec_dir", folder.resolve("movie").toString())
            .with("show_ads", showAds)
            .with("quality", "provider")
            .with("from_start", true)
            .with("buffering", 2)
            .with("provider", Map.of("provider_id", provider)));
  }

  private Recording await() throws Exception {
    for (Message message = client.receive(); ; message = client.receive()) {
      told.add(message);
      if (message.command().equals("start")) {
        starts.add(message.args());
      } else if (message.command().equals("stop")) {
        return new Recording(starts, message.args(), folder.resolve("movie"));
      }
    }
  }

  @Test
  void theyAreListed() throws Exception {
    client.send("get_providers", JsonObject.empty());
    List<JsonObject> providers = client.receive("get_providers").objects("data");
    assertThat(texts(providers, "provider_id"))
        .contains(PLUTO, SAMSUNG, "Direct")
        .doesNotContain("TEMPLATE_json");
    for (JsonObject provider : providers) {
      Path shipped = Path.of("providers", provider.text("provider_id").orElse(""));
      assertThat(shipped.resolve(provider.text("thumbnail").orElse("missing"))).isRegularFile();
    }
  }

  @Test
  void plutoIsBrowsedAndSearched() throws Exception {
    List<JsonObject> categories = ask("get_categories", PLUTO, JsonObject.empty());
    assertThat(categories).hasSize(18);
    assertThat(categories.getFirst())
        .isEqualTo(JsonObject.of("name", "Category 0").with("provider_id", PLUTO));
    int offered = 0;
    for (String name : texts(categories, "name")) {
      offered += category(PLUTO, name).size();
    }
    assertThat(offered).isEqualTo(OFFERED);

    List<JsonObject> items = category(PLUTO, "Category 7");
    assertThat(texts(items, "title")).startsWith("Channel 107", "Channel 127").hasSize(50);
    JsonObject item = items.getFirst();
    assertThat(item.text("_id")).contains(PlutoOrigin.id(107));
    assertThat(item.object("colorLogoPNG")).isPresent();
    assertThat(item.text("thumbnail")).contains("https://images.example/107.png");
    assertThat(item.text("url").orElse(""))
        .startsWith("https://stitcher.example/stitch/hls/channel/" + PlutoOrigin.id(107))
        .contains("appName=web", "deviceMake=Chrome", "deviceDNT=0", "serverSideAds=true")
        .contains("includeExtendedEvents=false", "terminate=false")
        .containsPattern("[?&]deviceId=[0-9a-f-]{36}&")
        .containsPattern("[?&]sid=[0-9a-f-]{36}&")
        .doesNotContain("deviceId=&", "sid=&");
    assertThat(item.text("description").orElse(""))
        .matches(
            "Now \\d\\d:[03]0-\\d\\d:[03]0 Show 107 of .*: Part\nWhat happens at .*\n"
                + "Next \\d\\d:[03]0 Show 107 of .*: Part\nWhat \"channel\" 107 is für");

    JsonObject paged =
        JsonObject.of("category", Map.of("name", "Category 7")).with("page", 2).with("limit", 2);
    assertThat(texts(ask("get_media_items", PLUTO, paged), "title"))
        .isEqualTo(texts(items, "title").subList(2, 4));
    assertThat(texts(ask("search", PLUTO, JsonObject.of("term", "channel 50")), "title"))
        .containsExactly(
            "Channel 50",
            "Channel 500",
            "Channel 501",
            "Channel 502",
            "Channel 503",
            "Channel 504",
            "Channel 505",
            "Channel 506",
            "Channel 507",
            "Channel 508");
    assertThat(texts(ask("search", PLUTO, JsonObject.of("term", "show 42 OF")), "title"))
        .containsExactly("Channel 42");
    assertThat(origin.requests(PlutoOrigin.LIST)).hasSize(1);
    for (String file : List.of("cache.json", "categories.json", "channels.json")) {
      assertThat(folder.resolve("data/PlutoTV").resolve(file)).isNotEmptyFile();
    }
  }

  @Test
  void aRecordingOutlivesTheTokensOfItsSessions() throws Exception {
    pluto.broadcast(42, live());
    JsonObject item =
        category(PLUTO, "Category 2").stream()
            .filter(it -> it.text("title").equals(Optional.of("Channel 42")))
            .findFirst()
            .orElseThrow();
    record(PLUTO, item, true);
    await().assertComplete().assertRecorder("hls_live").assertHolds(Media.joined(Media.hls()));
    assertThat(pluto.sessions()).isGreaterThanOrEqualTo(3);
    assertThat(origin.requests(PlutoOrigin.BOOT))
        .allSatisfy(boot -> assertThat(boot.query()).contains("password=p4ssw0rd%26"));
    assertThat(origin.requests().stream().filter(it -> it.path().startsWith("/v1/"))).isEmpty();
  }

  @Test
  void withoutAdvertisementsNoSessionIsBegun() throws Exception {
    pluto.broadcast(42, live());
    record(PLUTO, JsonObject.of("url", stitched(42)), false);
    await().assertComplete().assertHolds(Media.joined(Media.hls()));
    assertThat(pluto.sessions()).isZero();
  }

  private static String stitched(int number) {
    return "https://stitcher.example/stitch/hls/channel/" + PlutoOrigin.id(number) + "/x.m3u8";
  }

  @Test
  void whereNoSessionIsGivenItIsRecordedWithoutOne() throws Exception {
    origin.route(PlutoOrigin.BOOT, _ -> Answer.status(503));
    pluto.broadcast(42, live());
    record(PLUTO, JsonObject.of("url", stitched(42)), true);
    await().assertComplete().assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void samsungIsBrowsedAndRecordedFrom() throws Exception {
    samsung.broadcast(3, live());
    assertThat(ask("get_categories", SAMSUNG, JsonObject.empty())).hasSize(12);
    JsonObject item =
        category(SAMSUNG, "Gruppe 3").stream()
            .filter(it -> it.text("title").equals(Optional.of("Sender 3")))
            .findFirst()
            .orElseThrow();
    assertThat(item.text("title")).contains("Sender 3");
    assertThat(item.number("chno")).contains(4003.0);
    assertThat(item.text("url"))
        .contains(origin.url("play/stvp-" + SamsungOrigin.id(3)).toString());
    assertThat(item.text("description").orElse(""))
        .matches("Now \\d\\d:\\d\\d-\\d\\d:\\d\\d Hour \\d\nNext \\d\\d:\\d\\d Hour \\d\nÜber 3");
    record(SAMSUNG, item, true);
    await().assertComplete().assertRecorder("hls_live").assertHolds(Media.joined(Media.hls()));
  }

  @Test
  void whatHasALicenseServerIsRefused() throws Exception {
    List<JsonObject> found =
        ask("search", SAMSUNG, JsonObject.of("term", "sender " + SamsungOrigin.PROTECTED));
    JsonObject item = found.getFirst();
    assertThat(item.text("license_url")).contains("https://license.example/widevine");
    record(SAMSUNG, item, true);
    await().assertRefused("drm_protected", "DRM protection");
    record(SAMSUNG, JsonObject.of("url", item.text("url").orElse("")), true);
    await().assertRefused("drm_protected", "DRM protection");
  }
}
