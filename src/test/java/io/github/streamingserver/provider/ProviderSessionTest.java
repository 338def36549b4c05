package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpProxy;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.SystemMaterializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderSessionTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
  private static final URI SITE = URI.create("http://site.tv/");
  private static final String COOKIE = "site.tv\tFALSE\t/\tFALSE\t0\tfrom\t%s\n";

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private ProviderContext context(JsonObject config, JsonObject settings) {
    TextFetcher pages =
        new TextFetcher(
            (_, _) -> CompletableFuture.failedFuture(new AssertionError("nothing is fetched")),
            SystemMaterializer.get(KIT.system()).materializer(),
            CLOCK);
    return new ProviderContext(
        new ProviderManifest(new ProviderId("Own"), config),
        folder,
        folder,
        settings,
        HttpSession.empty(),
        (_, _) -> CompletableFuture.failedFuture(new AssertionError("nothing is fetched")),
        pages,
        Runnable::run,
        CLOCK);
  }

  private HttpSession session(JsonObject config, JsonObject settings) {
    return ProviderSession.create(context(config, settings));
  }

  private void fails(JsonObject config, JsonObject settings, String... message) {
    assertThatThrownBy(() -> session(config, settings))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("Provider 'Own'")
        .hasMessageContainingAll(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void nothingIsSaidWhereTheOwnerSaysNothing() {
    HttpSession session = session(JsonObject.empty(), JsonObject.empty());
    assertThat(session.headers()).isEmpty();
    assertThat(session.proxy()).isEmpty();
    assertThat(session.cookies().size()).isZero();
  }

  @Test
  void settingsWinOverConfig() {
    JsonObject config =
        JsonObject.of("user-agent", "Config/1")
            .with("proxy", "http://config:1")
            .with("headers", Map.of("Referer", "http://config/", "Origin", "http://config"));
    JsonObject settings =
        JsonObject.of("user-agent", "Settings/1")
            .with("proxy", "http://settings:1")
            .with("headers", Map.of("referer", "http://settings/"));
    assertThat(session(config, JsonObject.empty()).headers())
        .containsEntry("User-Agent", "Config/1")
        .containsEntry("Referer", "http://config/");
    HttpSession both = session(config, settings);
    assertThat(both.headers())
        .containsEntry("User-Agent", "Settings/1")
        .containsEntry("referer", "http://settings/")
        .containsEntry("Origin", "http://config")
        .hasSize(3);
    assertThat(both.proxy()).contains(new HttpProxy("settings", 1, ""));
  }

  @Test
  void aHeaderThatMayBeSecretBelongsToOneSite() {
    JsonObject headers =
        JsonObject.of(
            "headers", Map.of("X-Key", "secret", "http://api.tv", Map.of("X-Api", "secret")));
    HttpSession session = session(headers.with("url", "http://site.tv/list"), JsonObject.empty());
    assertThat(session.headers()).isEmpty();
    fails(headers, JsonObject.empty(), "whose is X-Key", "https://its.site");
  }

  @Test
  void cookiesLieBesideTheConfigOrWhereTheSettingSays() throws IOException {
    Files.writeString(folder.resolve("cookies.txt"), COOKIE.formatted("folder"));
    Path other = Files.writeString(folder.resolve("other.txt"), COOKIE.formatted("setting"));
    assertThat(session(JsonObject.empty(), JsonObject.empty()).cookies().header(SITE))
        .contains("from=folder");
    JsonObject setting = JsonObject.of("cookies", other.toString());
    assertThat(session(JsonObject.empty(), setting).cookies().header(SITE))
        .contains("from=setting");
    // A config.json that somebody passed on must not name files.
    assertThat(session(setting, JsonObject.empty()).cookies().header(SITE)).contains("from=folder");
  }

  @Test
  void whatCantBeUsedIsNamed() throws IOException {
    fails(JsonObject.empty(), JsonObject.of("cookies", "gone.txt"), "gone.txt", "can't be read");
    fails(JsonObject.of("proxy", "socks5://me:secret@x:1"), JsonObject.empty(), "a proxy is");
    fails(JsonObject.of("user-agent", "a\nb: secret"), JsonObject.empty(), "User-Agent");
    fails(
        JsonObject.of("headers", Map.of("Bad Name", "secret")).with("url", "http://site.tv"),
        JsonObject.empty(),
        "headers: ");
    fails(
        JsonObject.of("headers", Map.of("ftp://x", Map.of("A", "secret"))),
        JsonObject.empty(),
        "headers: ",
        "ftp");
    Files.writeString(folder.resolve("cookies.txt"), "[{\"value\": \"secret\"}]");
    fails(JsonObject.empty(), JsonObject.empty(), "cookies.txt is JSON", "Netscape");
  }

  @Test
  void itemsStreamsAreFetchedWithTheOwnersSessionBehindTheClients() throws IOException {
    Files.writeString(folder.resolve("cookies.txt"), COOKIE.formatted("owner"));
    ProviderContext context = context(JsonObject.of("user-agent", "Owner/1"), JsonObject.empty());
    Provider provider =
        ProviderKinds.create(context, ServerSettings.defaults().providers().dataRoots(), List.of());
    HttpSession client = HttpSession.empty().withHeader("Referer", "http://client/");
    HttpSession session =
        provider.streams(new ItemQuery(SITE, client, true)).toCompletableFuture().join().session();
    assertThat(session.headers())
        .containsEntry("User-Agent", "Owner/1")
        .containsEntry("Referer", "http://client/");
    assertThat(session.cookies().header(SITE)).contains("from=owner");
  }
}
