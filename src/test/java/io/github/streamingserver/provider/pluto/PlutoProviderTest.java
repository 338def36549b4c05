package io.github.streamingserver.provider.pluto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PlutoOrigin;
import io.github.streamingserver.testkit.ProviderBench;
import io.github.streamingserver.testkit.Request;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlutoProviderTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:10:00Z");
  private static final String ITEM =
      "https://stitcher.example/stitch/hls/channel/" + PlutoOrigin.id(1) + "/master.m3u8?sid=1";

  @TempDir Path folder;

  private Origin origin;
  private ProviderBench bench;

  @BeforeEach
  void start() {
    origin = new Origin(folder);
    bench = new ProviderBench(NOW);
    var _ = new PlutoOrigin(origin, 10, () -> NOW, PlutoOrigin.Validity.of(Duration.ofMinutes(1)));
  }

  @AfterEach
  void stop() {
    bench.close();
    origin.close();
  }

  private PlutoProvider provider(String more) throws Exception {
    String base = origin.url("").toString();
    return PlutoProvider.create(
        bench.context(
            folder,
            "{}",
            """
            {"api-url": "%s", "boot-url": "%s", "stitcher-url": "http://stitcher/",
             "app-version": "8 0", "device-version": "1.2"%s}\
            """
                .formatted(base, base, more)));
  }

  private static ItemStreams streams(PlutoProvider provider, String url, boolean showAds) {
    return ProviderBench.await(
        provider.streams(new ItemQuery(URI.create(url), HttpSession.empty(), showAds)));
  }

  @Test
  void theListIsAskedForFromTheHourOnForTwoDays() throws Exception {
    try (PlutoProvider provider = provider("")) {
      List<JsonObject> items =
          ProviderBench.await(
              provider.items(JsonObject.of("name", "Category 1"), new Page(1, Page.ALL)));
      assertThat(items).hasSize(1);
      assertThat(items.getFirst().text("description").orElse(""))
          .contains(" Show 1 of 12:00: Part\nWhat happens at 12:00\nNext ")
          .contains(" Show 1 of 12:30: Part\n");
      assertThat(items.getFirst().fields()).doesNotContainKey("timelines").containsKey("_id");
    }
    assertThat(origin.requests(PlutoOrigin.LIST))
        .extracting(Request::query)
        .containsExactly(
            "start=2026-07-01%2012%3A00%3A00.000%2B0000&stop=2026-07-03%2012%3A00%3A00.000%2B0000");
  }

  @Test
  void eachStreamHasASessionOfItsOwn() throws Exception {
    PlutoProvider provider = provider("");
    StreamCandidate first = streams(provider, ITEM, true).candidates().getFirst();
    StreamCandidate second = streams(provider, ITEM, true).candidates().getFirst();
    assertThat(first.url()).isNotEqualTo(second.url());
    assertThat(first.url().toString())
        .startsWith(origin.url("v2/stitch/hls/channel/" + PlutoOrigin.id(1)).toString())
        .contains("/master.m3u8?advertisingId=&deviceId=", "&jwt=eyJ." + PlutoOrigin.SECRET)
        .endsWith("&masterJWTPassthrough=true&includeExtendedEvents=true");
    List<Request> boots = origin.requests(PlutoOrigin.BOOT);
    assertThat(boots).hasSize(2).extracting(Request::query).doesNotHaveDuplicates();
    assertThat(boots.getFirst().query())
        .contains("appName=web&appVersion=8%200&deviceVersion=1.2&deviceModel=web")
        .contains("&clientModelNumber=1.0.0&serverSideAds=false")
        .doesNotContain("username", "password");
  }

  @Test
  void itIsToBeAskedForAgainWhenTheServiceSaysSo() throws Exception {
    List<StreamCandidate> candidates = streams(provider(""), ITEM, true).candidates();
    assertThat(candidates.getFirst().expires()).contains(NOW.plusSeconds(60));
    assertThat(candidates.getLast().expires()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1e300", "\"NaN\"", "null", "\"soon\""})
  void aTimeThatIsNoneIsNotBelieved(String refresh) {
    PlutoSession session =
        PlutoSession.of(
            "{\"sessionToken\": \"t\", \"refreshInSec\": %s}".formatted(refresh),
            URI.create("http://boot/"));
    assertThat(session.refresh()).isEmpty();
  }

  @Test
  void anAccountGoesToTheBootServiceAlone() throws Exception {
    ItemStreams streams =
        streams(provider(", \"username\": \"me\", \"password\": \"p&w\""), ITEM, true);
    assertThat(origin.requests(PlutoOrigin.BOOT).getFirst().query())
        .endsWith("&username=me&password=p%26w");
    assertThat(streams.candidates().toString()).doesNotContain("p%26w", "p&w");
  }

  @Test
  void theStreamWithoutASessionIsTheLastResort() throws Exception {
    List<StreamCandidate> candidates = streams(provider(""), ITEM, true).candidates();
    assertThat(candidates).extracting(StreamCandidate::fallback).containsExactly(false, true);
    assertThat(candidates.getLast())
        .isEqualTo(streams(provider(""), ITEM, false).candidates().getFirst());
    assertThat(candidates.getLast().url().toString())
        .startsWith(
            "http://stitcher/v1/stitch/embed/hls/channel/" + PlutoOrigin.id(1) + "/master.m3u8?")
        .contains("deviceType=", "deviceId=PSID", "advertisingId=PSID", "us_privacy=1YNY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "null", "[]", "{\"sessionToken\": \" \"}"})
  void anAnswerThatIsNoSessionCostsNoMoreThanTheSession(String answer) throws Exception {
    origin.route(PlutoOrigin.BOOT, _ -> Answer.text("boot.json", answer));
    assertThat(streams(provider(""), ITEM, true).candidates())
        .extracting(StreamCandidate::fallback)
        .containsExactly(true);
  }

  @Test
  void aServiceThatNamesNoUsableHostLeavesTheOneOfTheSettings() throws Exception {
    origin.serve(
        PlutoOrigin.BOOT, "{\"sessionToken\": \"a+b\", \"servers\": {\"stitcher\": \"ftp://x\"}}");
    assertThat(streams(provider(""), ITEM, true).candidates().getFirst().url())
        .hasToString(
            "http://stitcher/v2/stitch/hls/channel/%s/master.m3u8?jwt=a%%2Bb&masterJWTPassthrough=true&includeExtendedEvents=true"
                .formatted(PlutoOrigin.id(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/", "http://h/channel/", "http://h/x?y=/channel/a"})
  void anAddressWithoutAChannelIsRefused(String url) throws Exception {
    PlutoProvider provider = provider("");
    assertThatThrownBy(() -> streams(provider, url, true))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("names no channel of Pluto TV");
  }

  @Test
  void aSettingThatCanNotBeUsedIsNamed() {
    assertThatThrownBy(() -> PlutoSettings.of(JsonObject.of("api-url", "ftp://x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("setting api-url: only http and https");
    assertThatThrownBy(() -> PlutoSettings.of(JsonObject.empty()))
        .hasMessage("setting api-url is missing");
  }

  @Test
  void nothingSecretIsShown() {
    assertThat(new PlutoSession("token", "p", Optional.of("http://s"), Optional.empty()).toString())
        .isEqualTo("PlutoSession[http://s]");
    JsonObject settings =
        JsonObject.of("api-url", "http://a")
            .with("boot-url", "http://b")
            .with("stitcher-url", "http://c")
            .with("app-version", "1")
            .with("device-version", "1")
            .with("password", "hidden");
    assertThat(PlutoSettings.of(settings).toString()).doesNotContain("hidden");
  }
}
