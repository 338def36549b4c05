package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request ⇄ its fields, headers and cookies included. */
final class RequestFields {
  private static final String ID = "recording_id";
  private static final String PROVIDER = "provider_id";
  private static final String URL = "url";
  private static final String FOLDER = "rec_dir";
  private static final String QUALITY = "quality";
  private static final String SHOW_ADS = "show_ads";
  private static final String BUFFERING = "buffering";
  private static final String AV1 = "av1";
  private static final String FROM_START = "from_start";
  private static final String TITLE = "title";
  private static final String SECONDS = "duration";
  private static final String UNTIL = "until";
  private static final String HEADERS = "headers";
  private static final String COOKIES = "cookies";

  private RequestFields() {}

  static JsonObject of(RecordingRequest request) {
    JsonObject fields =
        JsonObject.of(ID, request.id().value())
            .with(PROVIDER, request.provider().toString())
            .with(URL, request.url().toString())
            .with(FOLDER, request.folder().toString())
            .with(QUALITY, request.quality().toString())
            .with(SHOW_ADS, request.showAds())
            .with(BUFFERING, request.buffering())
            .with(AV1, request.av1())
            .with(FROM_START, request.fromStart())
            .with(TITLE, request.title())
            .with(HEADERS, new LinkedHashMap<>(request.headers()))
            .with(COOKIES, request.cookies());
    if (request.duration().isPresent()) {
      fields = fields.with(SECONDS, request.duration().get().toMillis() / 1000.0);
    }
    return request.until().isPresent()
        ? fields.with(UNTIL, request.until().get().toString())
        : fields;
  }

  /**
   * @throws IllegalArgumentException where anything is missing or can't be
   */
  static RecordingRequest read(JsonObject fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    Fields.object(fields, HEADERS).fields().forEach((k, v) -> headers.put(k, String.valueOf(v)));
    return new RecordingRequest(
        new RecordingId(Fields.text(fields, ID)),
        new ProviderId(Fields.text(fields, PROVIDER)),
        URI.create(Fields.text(fields, URL)),
        Path.of(Fields.text(fields, FOLDER)),
        Quality.parse(Fields.text(fields, QUALITY)),
        Fields.flag(fields, SHOW_ADS),
        (int) Fields.whole(fields, BUFFERING),
        Fields.flag(fields, AV1),
        Fields.flag(fields, FROM_START),
        Fields.text(fields, TITLE),
        fields.number(SECONDS).map(seconds -> Duration.ofMillis((long) (seconds * 1000))),
        fields.text(UNTIL).map(Instant::parse),
        headers,
        Fields.text(fields, COOKIES),
        Optional.empty());
  }
}
