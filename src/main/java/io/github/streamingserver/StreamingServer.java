package io.github.streamingserver;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.github.streamingserver.config.LogLevels;
import io.github.streamingserver.config.ServerSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The daemon: arguments → settings → actors. Ends with SIGTERM or SIGINT. */
public final class StreamingServer {
  private static final int USAGE = 2;
  private static final String HOME = "streamingserver.home";

  private StreamingServer() {}

  /** Runs until it is told to end; exit code 2 where it can't begin. */
  public static void main(String[] args) {
    Arguments arguments = new Arguments();
    CommandLine commandLine = new CommandLine(arguments);
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      exit(e.getMessage() + " (--help lists the options)");
    }
    Integer helped = CommandLine.executeHelpRequest(commandLine.getParseResult());
    if (helped != null) {
      System.exit(helped);
    }
    run(arguments, Path.of(System.getProperty(HOME, "")).toAbsolutePath());
  }

  private static void run(Arguments arguments, Path home) {
    try {
      Config config = arguments.settings(home);
      ServerSettings settings = ServerSettings.create(config);
      LogLevels.follow(home.resolve("conf/debug_config.txt"));
      serve(config, settings);
    } catch (ConfigException | IllegalArgumentException | ArithmeticException e) {
      exit("Settings can't be used: " + e.getMessage());
    }
  }

  private static void serve(Config config, ServerSettings settings) {
    try (RunningServer server = RunningServer.start(config)) {
      LoggerFactory.getLogger(StreamingServer.class)
          .info(
              "StreamingServer [{}] listens on [{}:{}], providers in [{}]",
              Version.current(),
              settings.tcp().bind(),
              server.port(),
              settings.providers().folder());
      server
          .tlsPort()
          .ifPresent(
              port ->
                  LoggerFactory.getLogger(StreamingServer.class)
                      .info("With TLS it listens on port [{}]", port));
      server.awaitEnd();
    } catch (PortTakenException e) {
      exit(e.getMessage());
    } catch (IOException e) {
      exit(
          "The state folder %s can't be used, choose another with --state: %s"
              .formatted(settings.recording().state(), reason(e)));
    }
  }

  /** What the JDK tells of these is a path alone. */
  private static String reason(IOException problem) {
    return switch (problem) {
      case FileAlreadyExistsException _ -> "it is no folder";
      case NoSuchFileException _ -> "it can't be made there";
      case AccessDeniedException _ -> "access is denied";
      default -> String.valueOf(problem.getMessage());
    };
  }

  private static void exit(String problem) {
    System.err.println("streamingserver: " + problem.lines().findFirst().orElse(problem));
    System.exit(USAGE);
  }
}
