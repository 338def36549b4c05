package io.github.streamingserver.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;

/**
 * Runs streamctl with streams, environment and Ctrl-C of its own; each reading of time is a second
 * later.
 */
final class Shell {
  static final Path FOLDER = Path.of("/current/folder");

  private static final Interrupts.Registration NOTHING = () -> {};

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final BlockingQueue<Runnable> interrupts = new ArrayBlockingQueue<>(1);
  private final Screen screen;
  private final Map<String, String> variables;
  private Instant now = Instant.parse("2026-11-24T20:15:00Z");

  Shell(Screen screen, Map<String, String> variables) {
    this.screen = screen;
    this.variables = variables;
  }

  Shell() {
    this(Screen.NONE, Map.of());
  }

  /** The exit code of {@code words} against {@code server}. */
  int run(FakeServer server, String... words) {
    String[] all =
        Stream.concat(Stream.of("--port", String.valueOf(server.port())), Stream.of(words))
            .toArray(String[]::new);
    return run(all);
  }

  int run(String... words) {
    return StreamCtl.run(
        new Environment(
            new PrintWriter(out),
            new PrintWriter(err),
            variables,
            FOLDER,
            screen,
            this::tick,
            action -> {
              interrupts.add(action);
              return NOTHING;
            }),
        words);
  }

  /** What the process would run on Ctrl-C; waits until there is something. */
  Runnable ctrlC() throws InterruptedException {
    return interrupts.take();
  }

  String out() {
    return out.toString();
  }

  List<String> lines() {
    return out().lines().toList();
  }

  String err() {
    return err.toString();
  }

  private Instant tick() {
    now = now.plus(Duration.ofSeconds(1));
    return now;
  }
}
