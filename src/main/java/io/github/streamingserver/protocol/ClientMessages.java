package io.github.streamingserver.protocol;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.Urls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of a {@link Message}: pure, and strict where a wrong guess would cost. */
public final class ClientMessages {
  /** Where provider data go when a client names no folder. */
  public static final Path DEFAULT_DATA_DIR = Path.of("/tmp/data");

  private static final double LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

  private ClientMessages() {}

  /**
   * The request in {@code message}.
   *
   * @throws IllegalArgumentException where an argument is missing or wrong, naming it and what is
   *     expected
   */
  public static ClientMessage read(Message message) {
    JsonObject args = message.args();
    return Command.request(message.command())
        .map(command -> read(command, args))
        .orElseGet(() -> new ClientMessage.Unknown(message.command()));
  }

  private static ClientMessage read(Command command, JsonObject args) {
    return switch (command) {
      case HELLO -> new ClientMessage.Hello(args.text(Field.TOKEN).orElse(""), events(args));
      case GET_PROVIDERS -> new ClientMessage.GetProviders();
      case GET_CATEGORIES -> new ClientMessage.GetCategories(provider(args), dataDir(args));
      case GET_MEDIA_ITEMS ->
          new ClientMessage.GetMediaItems(
              provider(args),
              dataDir(args),
              args.object(Field.CATEGORY).orElseThrow(() -> missing(Field.CATEGORY)),
              page(args));
      case SEARCH ->
          new ClientMessage.Search(
              provider(args), dataDir(args), required(args, Field.TERM), page(args));
      case GET_THUMBNAIL ->
          new ClientMessage.GetThumbnail(
              provider(args), dataDir(args), Urls.http(required(args, Field.URL)));
      case START -> new ClientMessage.Start(recording(args));
      case STOP -> new ClientMessage.Stop(recordingId(args));
      case STATUS -> new ClientMessage.Status();
      case RECORDER_TYPES -> new ClientMessage.RecorderTypes();
      case READY, PROGRESS -> new ClientMessage.Unknown(command.word());
    };
  }

  private static RecordingRequest recording(JsonObject args) {
    return new RecordingRequest(
        recordingId(args),
        provider(args),
        Urls.http(required(args, Field.URL)),
        path(Field.REC_DIR, required(args, Field.REC_DIR)),
        quality(args),
        args.bool(Field.SHOW_ADS).orElse(true),
        integer(args, Field.BUFFERING, RecordingRequest.DEFAULT_BUFFERING),
        args.bool(Field.AV1).orElse(false),
        args.bool(Field.FROM_START).orElse(false),
        args.text(Field.TITLE).orElse(""),
        seconds(args),
        until(args),
        headers(args),
        cookies(args),
        licensed(args) ? Optional.of(DrmScheme.UNKNOWN) : Optional.empty());
  }

  private static boolean licensed(JsonObject args) {
    return args.object(Field.VIDEO)
        .flatMap(video -> video.text(Field.LICENSE_URL))
        .or(() -> args.text(Field.LICENSE_URL))
        .filter(url -> !url.isBlank())
        .isPresent();
  }

  /** {@code "provider"} stands for what the provider, sent along whole, says of itself. */
  private static Quality quality(JsonObject args) {
    Optional<String> own = args.object(Field.PROVIDER).flatMap(p -> p.text(Field.QUALITY));
    Quality asked = Quality.parse(args.text(Field.QUALITY).orElse("provider"));
    return asked instanceof Quality.FromProvider ? own.map(Quality::parse).orElse(asked) : asked;
  }

  private static RecordingId recordingId(JsonObject args) {
    return args.text(Field.RECORDING_ID).map(RecordingId::new).orElse(RecordingId.DEFAULT);
  }

  private static ProviderId provider(JsonObject args) {
    return new ProviderId(
        args.object(Field.PROVIDER)
            .flatMap(provider -> provider.text(Field.PROVIDER_ID))
            .orElseThrow(() -> missing(Field.PROVIDER + "." + Field.PROVIDER_ID)));
  }

  private static Path dataDir(JsonObject args) {
    return args.text(Field.DATA_DIR)
        .filter(text -> !text.isBlank())
        .map(text -> path(Field.DATA_DIR, text))
        .orElse(DEFAULT_DATA_DIR);
  }

  private static Path path(String name, String text) {
    try {
      Path path = Path.of(text).normalize();
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(name + " must be an absolute path");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " is not a path: " + e.getReason(), e);
    }
  }

  private static Page page(JsonObject args) {
    return new Page(integer(args, Field.PAGE, 1), integer(args, Field.LIMIT, Page.ALL));
  }

  private static int integer(JsonObject args, String name, int otherwise) {
    if (args.fields().get(name) == null) {
      return otherwise;
    }
    double value = args.number(name).orElse(Double.NaN);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " must be a whole number");
    }
    return (int) value;
  }

  private static Optional<Duration> seconds(JsonObject args) {
    if (args.fields().get(Field.DURATION) == null) {
      return Optional.empty();
    }
    double value = args.number(Field.DURATION).orElse(Double.NaN);
    if (!(value > 0 && value <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(Field.DURATION + " must be a number of seconds above 0");
    }
    return Optional.of(Duration.ofMillis(Math.round(value * 1000)));
  }

  private static Optional<Instant> until(JsonObject args) {
    try {
      return args.text(Field.UNTIL).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          Field.UNTIL + " must be an ISO 8601 time with its offset, as 2026-01-31T20:15:00Z", e);
    }
  }

  private static Map<String, String> headers(JsonObject args) {
    Map<String, String> headers = new LinkedHashMap<>();
    JsonObject given = args.object(Field.HEADERS).orElse(JsonObject.empty());
    given.fields().keySet().forEach(n -> given.text(n).ifPresent(value -> headers.put(n, value)));
    return headers;
  }

  /** A text as in a Cookie header, or an object of names and values. */
  private static String cookies(JsonObject args) {
    Optional<JsonObject> object = args.object(Field.COOKIES);
    if (object.isEmpty()) {
      return args.text(Field.COOKIES).orElse("");
    }
    StringBuilder header = new StringBuilder();
    for (String name : object.get().fields().keySet()) {
      String separator = header.isEmpty() ? "" : "; ";
      object
          .get()
          .text(name)
          .ifPresent(value -> header.append(separator).append(name).append('=').append(value));
    }
    return header.toString();
  }

  private static Set<String> events(JsonObject args) {
    Set<String> events = new LinkedHashSet<>();
    if (args.fields().get(Field.EVENTS) instanceof Collection<?> names) {
      names.forEach(name -> events.add(String.valueOf(name)));
    }
    return events;
  }

  private static String required(JsonObject args, String name) {
    return args.text(name).filter(text -> !text.isBlank()).orElseThrow(() -> missing(name));
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("argument " + name + " is missing");
  }
}
