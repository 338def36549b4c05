package io.github.streamingserver.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.cli.CtlException.UsageException;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.hls.PlaylistLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is understood of playlists; needs no server. */
@Command(
    name = "playlist",
    description = {
      "Show what is understood of HLS playlists, gzip-compressed ones included; no server is"
          + " asked.",
      "Addresses in a file are shown as written, those behind a URL absolute."
    })
final class PlaylistCommand implements Callable<Integer> {
  private static final long LARGEST = 1 << 30;

  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "FILE|URL", description = "The playlists.")
  private List<String> sources = List.of();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      description = "A longer text is refused (hls.max-playlist-size's default, 16 MiB).")
  private String maxSize = "";

  PlaylistCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    Environment environment = context.environment();
    PlaylistReader reader = reader();
    PlaylistView view =
        context.options().json()
            ? new PlaylistJson(environment.out())
            : new PlaylistSummary(environment);
    int exitCode = ExitCode.COMPLETE;
    for (String source : sources) {
      try {
        view.show(reader.read(source));
      } catch (NoPlaylistException e) {
        view.refuse(source, String.valueOf(e.getMessage()));
        exitCode = ExitCode.NO_PLAYLIST;
      }
      if (environment.out().checkError()) {
        break;
      }
    }
    return exitCode;
  }

  private PlaylistReader reader() throws CtlException {
    Duration timeout = context.options().target(context.environment()).timeout();
    ServerSettings settings = ServerSettings.defaults();
    int size = maxSize.isEmpty() ? settings.hls().maxPlaylistSize() : size(maxSize);
    PlaylistLimits limits =
        new PlaylistLimits(
            size,
            PlaylistLimits.DEFAULT.maxLineLength(),
            settings.hls().maxSegments(),
            PlaylistLimits.DEFAULT.maxEntries());
    return new PlaylistReader(
        context.environment().folder(),
        limits,
        new PlaylistDownload(settings.http(), size, timeout));
  }

  /** A size as settings have them. */
  private static int size(String text) throws UsageException {
    try {
      long bytes = ConfigFactory.parseMap(Map.of("size", text)).getBytes("size");
      if (bytes >= 1 && bytes <= LARGEST) {
        return (int) bytes;
      }
    } catch (ConfigException _) {
      // Told below.
    }
    throw new UsageException("--max-size must be bytes, or as 16MiB, up to 1GiB");
  }
}
