package io.github.streamingserver;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the daemon. */
@Command(
    name = "streamingserver",
    description = "Browses, searches, resolves and records video for clients on a TCP port.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class Arguments {
  @Option(names = "--port", paramLabel = "PORT", description = "TCP port (default 5000)")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "address to listen on (default 0.0.0.0, all)")
  private @Nullable String bind;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings (default conf/streamingserver.conf)")
  private @Nullable Path config;

  @Option(
      names = "--providers",
      paramLabel = "DIR",
      description = "folders of providers (default providers)")
  private @Nullable Path providers;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "folder for what the server must remember (default var)")
  private @Nullable Path state;

  /**
   * The settings in force: these options, then the file, then the defaults.
   *
   * @param home the folder of the installation
   * @throws ConfigException naming the file, line and key that is wrong
   * @throws IllegalArgumentException where the file of {@code --config} is none that can be read
   */
  Config settings(Path home) {
    Map<String, Object> options = new HashMap<>();
    put(options, "streamingserver.tcp.port", port);
    put(options, "streamingserver.tcp.bind", bind);
    put(options, "streamingserver.providers.folder", absolute(providers));
    put(options, "streamingserver.state", absolute(state));
    Map<String, Object> places =
        Map.of(
            "streamingserver.providers.folder", home.resolve("providers").toString(),
            "streamingserver.state", home.resolve("var").toString());
    return ConfigFactory.parseMap(options, "command line")
        .withFallback(file(home))
        .withFallback(ConfigFactory.parseMap(places, "installation"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  private Config file(Path home) {
    if (config != null && (Files.isDirectory(config) || !Files.isReadable(config))) {
      throw new IllegalArgumentException(
          "%s is no file that can be read; --config names one".formatted(config));
    }
    Path standard = home.resolve("conf/streamingserver.conf");
    Optional<Path> file =
        Optional.ofNullable(config).or(() -> Optional.of(standard).filter(Files::exists));
    return file.map(path -> ConfigFactory.parseFile(path.toFile(), mustExist()))
        .orElse(ConfigFactory.empty());
  }

  private static ConfigParseOptions mustExist() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }

  private static @Nullable String absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().normalize().toString();
  }

  private static void put(Map<String, Object> options, String key, @Nullable Object value) {
    if (value != null) {
      options.put(key, value);
    }
  }
}
