package io.github.streamingserver.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The client for people: browses, records and watches a StreamingServer from a shell. */
@Command(
    name = "streamctl",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Talk to a StreamingServer.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; a recording is complete",
      "1:playlist: one of the sources is no playlist",
      "2:wrong usage",
      "3:the server answers with an error, or the recording failed: error_id on stderr",
      "4:cannot connect, no answer in time, or the server went away",
      "130:Ctrl-C"
    })
public final class StreamCtl {
  @Mixin private final ConnectionOptions options = new ConnectionOptions();

  private StreamCtl() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Environment.system(), args));
  }

  /** Runs one command; its exit code. */
  static int run(Environment environment, String... args) {
    StreamCtl root = new StreamCtl();
    Context context = new Context(environment, root.options);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(new ProvidersCommand(context))
            .addSubcommand(new CategoriesCommand(context))
            .addSubcommand(new ItemsCommand(context))
            .addSubcommand(new SearchCommand(context))
            .addSubcommand(new RecordCommand(context))
            .addSubcommand(new StopCommand(context))
            .addSubcommand(new StatusCommand(context))
            .addSubcommand(new WatchCommand(context))
            .addSubcommand(new PlaylistCommand(context));
    line.getCommandSpec().version("streamctl " + version());
    boolean colour = environment.screen().colour();
    int exitCode =
        line.setOut(environment.out())
            .setErr(environment.err())
            .setColorScheme(Help.defaultColorScheme(colour ? Help.Ansi.ON : Help.Ansi.OFF))
            .setParameterExceptionHandler((problem, _) -> misused(environment, problem))
            .setExecutionExceptionHandler((problem, _, _) -> failed(environment, problem))
            .execute(args);
    environment.out().flush();
    environment.err().flush();
    return exitCode;
  }

  private static int misused(Environment environment, ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    environment.err().println("error: " + Text.clean(String.valueOf(problem.getMessage())));
    UnmatchedArgumentException.printSuggestions(problem, environment.err());
    environment.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** Expected failures are a line; anything else is a fault of ours, told with its trace. */
  private static int failed(Environment environment, Exception problem) throws Exception {
    if (problem instanceof CtlException expected) {
      environment.err().println("error: " + expected.getMessage());
      return expected.exitCode();
    }
    throw problem;
  }

  private static String version() {
    return Optional.ofNullable(StreamCtl.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
