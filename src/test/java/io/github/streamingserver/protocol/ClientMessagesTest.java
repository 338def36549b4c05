package io.github.streamingserver.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessagesTest {
  private static final MessageCodec CODEC =
      new MessageCodec(new MessageCodec.Limits(16, 1000, 1000));

  private static Message decode(String json) throws MalformedMessageException {
    return CODEC.decode(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private static ClientMessage read(String json) throws MalformedMessageException {
    return ClientMessages.read(decode(json));
  }

  private static RecordingRequest start(String more) throws MalformedMessageException {
    String json =
        """
        ["start", {"url": "http://host/a", "rec_dir": "/media/hdd/movie",
                   "provider": {"provider_id": "PlutoTV", "quality": "720p"}%s}]\
        """
            .formatted(more);
    return ((ClientMessage.Start) read(json)).request();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "\"start\"",
        "[1]",
        "[null, {}]",
        "[\"start\", 1]",
        "[\"start\", []]",
        "[\"start\", {}",
        "[\"start\", {}] trailing",
        "[[[[[[[[[[[[[[[[[[[[[[\"deep\"]]]]]]]]]]]]]]]]]]]]]]",
      })
  void refusesWhatIsNoMessage(String json) {
    assertThatThrownBy(() -> decode(json)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void boundsTokensAndTexts() {
    assertThatThrownBy(() -> decode("[\"a\", {\"x\": [" + "1,".repeat(2000) + "1]}]"))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> decode("[\"a\", {\"x\": \"" + "y".repeat(2000) + "\"}]"))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] bytes = {'[', '"', (byte) 0xc3, (byte) 0x28, '"', ']'};
    assertThatThrownBy(() -> CODEC.decode(new ByteArrayInputStream(bytes)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void argumentsMayBeMissing() throws Exception {
    assertThat(read("[\"get_providers\"]")).isEqualTo(new ClientMessage.GetProviders());
    assertThat(read("[\"stop\", null]")).isEqualTo(new ClientMessage.Stop(RecordingId.DEFAULT));
  }

  @Test
  void keepsTheOrderAndEveryFieldOfACategory() throws Exception {
    ClientMessage message =
        read(
            """
            ["get_media_items", {"provider": {"provider_id": "P"}, "data_dir": "/tmp/x",
             "category": {"name": "News", "zeta": {"a": [1, null]}, "alpha": true}, "page": 2,
             "limit": "50"}]\
            """);
    ClientMessage.GetMediaItems items = (ClientMessage.GetMediaItems) message;
    assertThat(items.category().fields().keySet()).containsExactly("name", "zeta", "alpha");
    assertThat(items.page()).isEqualTo(new Page(2, 50));
    assertThat(items.dataDir()).isEqualTo(Path.of("/tmp/x"));
    assertThat(items.provider()).isEqualTo(new ProviderId("P"));
  }

  @Test
  void readsWhatThePluginSends() throws Exception {
    RecordingRequest request =
        start(", \"show_ads\": false, \"buffering\": 5, \"av1\": false, \"quality\": \"provider\"");
    assertThat(request.quality()).isEqualTo(new Quality.Height(720));
    assertThat(request.showAds()).isFalse();
    assertThat(request.buffering()).isEqualTo(5);
    assertThat(request.id()).isEqualTo(RecordingId.DEFAULT);
    assertThat(request.protectedBy()).isEmpty();
  }

  @Test
  void readsTheOptionalArguments() throws Exception {
    RecordingRequest request =
        start(
            """
            , "recording_id": "r1", "title": "T", "duration": 90.5, "from_start": true,
            "until": "2026-11-24T20:15:00+01:00", "headers": {"Referer": "http://a/"},
            "cookies": {"a": "1", "b": 2}, "quality": "best", "video": {"license_url": "http://l"}\
            """);
    assertThat(request.id()).isEqualTo(new RecordingId("r1"));
    assertThat(request.duration()).contains(Duration.ofMillis(90_500));
    assertThat(request.until()).contains(Instant.parse("2026-11-24T19:15:00Z"));
    assertThat(request.headers()).isEqualTo(Map.of("Referer", "http://a/"));
    assertThat(request.cookies()).isEqualTo("a=1; b=2");
    assertThat(request.quality()).isEqualTo(new Quality.Best());
    assertThat(request.protectedBy()).contains(DrmScheme.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"buffering\": 0 | buffering",
        "\"buffering\": 1.5 | buffering",
        "\"buffering\": \"many\" | buffering",
        "\"quality\": \"999p\" | quality",
        "\"duration\": -1 | duration",
        "\"duration\": \"soon\" | duration",
        "\"until\": \"tomorrow\" | until",
        "\"recording_id\": \"../x\" | recording_id",
        "\"rec_dir\": \"movie\" | rec_dir",
        "\"rec_dir\": \"\" | rec_dir",
        "\"url\": \"ftp://host/a\" | http",
        "\"url\": \"not a url\" | http",
        "\"url\": \"http://\" | URL",
        "\"provider\": {} | provider.provider_id",
        "\"provider\": {\"provider_id\": \"../etc\"} | provider_id",
        "\"provider\": \"PlutoTV\" | provider.provider_id",
      })
  void namesTheArgumentThatIsWrong(String more, String named) {
    assertThatThrownBy(() -> start(", " + more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void readsHelloAndUnknown() throws Exception {
    assertThat(read("[\"hello\", {\"version\": 2, \"token\": \"t\", \"events\": [\"progress\"]}]"))
        .isEqualTo(new ClientMessage.Hello("t", Set.of("progress")));
    assertThat(read("[\"dance\", {}]")).isEqualTo(new ClientMessage.Unknown("dance"));
    assertThat(read("[\"ready\", {}]")).isEqualTo(new ClientMessage.Unknown("ready"));
  }

  @Test
  void encodesWhatItDecodes() throws Exception {
    Message message =
        ServerMessages.data(
            Command.GET_CATEGORIES, java.util.List.of(JsonObject.of("name", "Ünï").with("n", 1)));
    assertThat(CODEC.decode(new ByteArrayInputStream(CODEC.encode(message)))).isEqualTo(message);
  }

  @Test
  void readsARequestForAPicture() {
    Message message =
        new Message(
            "get_thumbnail",
            JsonObject.of("provider", Map.of("provider_id", "X"))
                .with("data_dir", "/tmp/d")
                .with("url", "http://host/a b.jpg"));
    assertThat(ClientMessages.read(message))
        .isEqualTo(
            new ClientMessage.GetThumbnail(
                new ProviderId("X"), Path.of("/tmp/d"), URI.create("http://host/a%20b.jpg")));
    assertThatThrownBy(
            () ->
                ClientMessages.read(
                    new Message("get_thumbnail", message.args().with("url", "file:///etc/passwd"))))
        .hasMessageContaining("only http and https");
  }
}
