package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.UsageException;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.protocol.Field;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a stream, and stays until it ends. */
@Command(
    name = "record",
    description = {
      "Record a stream and show its progress until it ends; Ctrl-C stops it.",
      "The files lie on the server's machine."
    })
final class RecordCommand implements Callable<Integer> {
  private static final String DIRECT = "Direct";
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Context context;

  @Parameters(
      arity = "1..2",
      paramLabel = "[P] URL",
      hideParamSyntax = true,
      description = "A provider (Direct), and the item's URL.")
  private List<String> what = List.of();

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description =
          "Where its files go, on the server; earlier stream_N files in it are removed"
              + " (a new folder under the current one).")
  private String folder = "";

  @Option(
      names = "--quality",
      paramLabel = "Q",
      description = "provider, best, adaptive, or a height as 720p (provider).")
  private String quality = "provider";

  @Option(
      names = "--buffering",
      paramLabel = "N",
      description = "Segments on disk before playback is announced (5).")
  private int buffering = RecordingRequest.DEFAULT_BUFFERING;

  @Option(names = "--no-ads", description = "Leave advertisements and filler out.")
  private boolean noAds = false;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "End after so many seconds, or as 1h30m.")
  private String duration = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The recording's name; one that runs with the same name is replaced (a new name)."
              + " 'default' is the slot of the set-top box.")
  private String id = "";

  RecordCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    String fresh = fresh();
    RecordingId recording = checked(() -> new RecordingId(id.isEmpty() ? fresh : id));
    JsonObject args = arguments(recording);
    try (Session session = context.connect()) {
      Path target = target(session, fresh);
      RecordingView view = RecordingView.of(context);
      view.asked(recording.value(), target);
      JsonObject start =
          args.with(Field.PROVIDER, provider(new Catalogue(session)))
              .with(Field.REC_DIR, target.toString());
      return new Recording(session, recording.value(), view)
          .run(start, context.environment().interrupts());
    }
  }

  private JsonObject arguments(RecordingId recording) throws UsageException {
    String url = what.getLast();
    checked(() -> Urls.http(url));
    if (buffering < 1) {
      throw new UsageException("--buffering must be 1 or more");
    }
    JsonObject args =
        JsonObject.of(Field.URL, url)
            .with(Field.RECORDING_ID, recording.value())
            .with(Field.SHOW_ADS, !noAds)
            .with(Field.BUFFERING, buffering)
            .with(Field.QUALITY, checked(() -> Quality.parse(quality)).toString());
    return duration.isEmpty() ? args : args.with(Field.DURATION, seconds(duration));
  }

  /** Direct is built in, and may be recorded with where it is not shown. */
  private JsonObject provider(Catalogue catalogue) throws CtlException {
    if (what.size() > 1) {
      return catalogue.provider(what.getFirst());
    }
    return catalogue.providers().args().objects(Field.DATA).stream()
        .filter(p -> p.text(Field.PROVIDER_ID).filter(DIRECT::equals).isPresent())
        .findFirst()
        .orElse(JsonObject.of(Field.PROVIDER_ID, DIRECT));
  }

  private Path target(Session session, String fresh) throws UsageException {
    Path given;
    try {
      given = Path.of(folder);
    } catch (InvalidPathException e) {
      throw new UsageException("--dir is not a path: " + e.getReason());
    }
    if (!session.local() && !given.isAbsolute()) {
      throw new UsageException(
          "the server runs on another machine: name an absolute folder there with --dir");
    }
    return context
        .environment()
        .folder()
        .resolve(folder.isEmpty() ? Path.of(fresh) : given)
        .normalize();
  }

  /** A name that no recording and no folder has yet. */
  private String fresh() {
    String stamp =
        STAMP.format(context.environment().clock().instant().atZone(ZoneId.systemDefault()));
    return "recording-" + stamp + "-" + UUID.randomUUID().toString().substring(0, 4);
  }

  private static double seconds(String text) throws UsageException {
    try {
      String iso = text.matches("[0-9.]+") ? text + "S" : text.toUpperCase(Locale.ROOT);
      Duration duration = Duration.parse("PT" + iso);
      if (duration.isPositive()) {
        return duration.toMillis() / 1000.0;
      }
    } catch (DateTimeParseException _) {
      // Told below.
    }
    throw new UsageException("--duration must be seconds above 0, or as 1h30m, not '" + text + "'");
  }

  /** What {@code parse} yields, its complaint being the user's to mend. */
  static <T> T checked(Supplier<T> parse) throws UsageException {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
