package io.github.streamingserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * All that streamctl takes from the process that it runs in.
 *
 * @param out results
 * @param err errors
 * @param variables environment variables
 * @param folder the current one; absolute
 */
record Environment(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> variables,
    Path folder,
    Screen screen,
    InstantSource clock,
    Interrupts interrupts) {

  Environment {
    variables = Map.copyOf(variables);
  }

  /** The process's own. */
  static Environment system() {
    Map<String, String> variables = System.getenv();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    // What is no terminal is a script or a file: the same bytes under every locale.
    Charset charset = terminal ? System.out.charset() : UTF_8;
    return new Environment(
        writer(FileDescriptor.out, charset),
        writer(FileDescriptor.err, System.err.charset()),
        variables,
        Path.of("").toAbsolutePath(),
        terminal ? Screen.of(variables) : Screen.NONE,
        InstantSource.system(),
        Interrupts.SHUTDOWN);
  }

  private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset));
  }
}
