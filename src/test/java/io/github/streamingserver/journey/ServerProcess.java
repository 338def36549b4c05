package io.github.streamingserver.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server as people run it, by its launcher, on a free port of loopback; what it takes. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on \\[.*:(\\d+)]");
  private static final Pattern COLLECTED = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
  private static final Pattern PROBLEM = Pattern.compile("^\\S+ \\S+ (WARN|ERROR) +(\\S+ - .*)");
  private static final Duration START = Duration.ofMinutes(2);

  /**
   * What the process takes at a moment; memory in MiB.
   *
   * @param live heap in use after the last collection
   */
  record Figures(int live, int heap, int resident, int threads, int handles, int sockets) {}

  private final Process process;
  private final Path folder;
  private final int port;

  private ServerProcess(Process process, Path folder) throws Exception {
    this.process = process;
    this.folder = folder;
    this.port = awaitPort();
  }

  /** Starts it; its log, state and settings lie in {@code folder}, its providers below. */
  static ServerProcess start(Path folder, String settings) throws Exception {
    Path config = Files.writeString(folder.resolve("soak.conf"), settings);
    ProcessBuilder builder =
        new ProcessBuilder(
            "tools/streamingserver",
            "--port",
            "0",
            "--bind",
            "127.0.0.1",
            "--config",
            config.toString(),
            "--providers",
            folder.resolve("providers").toString(),
            "--state",
            folder.resolve("state").toString());
    String options = "-Xlog:gc:file=" + folder.resolve("gc.log");
    builder.environment().put("STREAMINGSERVER_JAVA_OPTS", options);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
    return new ServerProcess(builder.start(), folder);
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Has it collect all garbage. */
  void collect() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Path jcmd = Path.of(java).resolveSibling("jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  Figures figures() throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    String status = Files.readString(proc.resolve("status"));
    int live = 0;
    int heap = 0;
    Matcher collected = COLLECTED.matcher(Files.readString(folder.resolve("gc.log")));
    while (collected.find()) {
      live = Integer.parseInt(collected.group(2));
      heap = Integer.parseInt(collected.group(3));
    }
    int handles = 0;
    int sockets = 0;
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      for (Path handle : open.toList()) {
        handles++;
        sockets += isSocket(handle) ? 1 : 0;
      }
    }
    int threads = field(status, "Threads");
    return new Figures(live, heap, field(status, "VmRSS") >> 10, threads, handles, sockets);
  }

  private static boolean isSocket(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString().startsWith("socket:");
    } catch (IOException _) {
      return false;
    }
  }

  private static int field(String status, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  /** Warnings and errors of its log, and how many of each: alike but for numbers and names. */
  Map<String, Integer> problems() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : log()) {
      Matcher problem = PROBLEM.matcher(line);
      if (problem.find()) {
        String kind = problem.group(2).replaceAll("\\[[^]]*]", "[…]").replaceAll("\\d+", "#");
        counts.merge(problem.group(1) + " " + kind, 1, Integer::sum);
      }
    }
    return counts;
  }

  private List<String> log() throws IOException {
    return new String(Files.readAllBytes(folder.resolve("server.log")), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private int awaitPort() throws Exception {
    long end = System.nanoTime() + START.toNanos();
    OptionalInt found = OptionalInt.empty();
    while (found.isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IOException("The server did not start: " + String.join("\n", log()));
      }
      Thread.sleep(100);
      found =
          log().stream()
              .map(LISTENS::matcher)
              .filter(Matcher::find)
              .mapToInt(it -> Integer.parseInt(it.group(1)))
              .findFirst();
    }
    return found.getAsInt();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
