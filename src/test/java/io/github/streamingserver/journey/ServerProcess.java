package io.github.streamingserver.journey;

import io.github.streamingserver.testkit.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server as people run it, by its launcher, on a free port of loopback; what it takes. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern COLLECTED = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
  private static final Pattern PROBLEM = Pattern.compile("^\\S+ \\S+ (WARN|ERROR) +(\\S+ - .*)");

  /**
   * What the process takes at a moment; memory in MiB.
   *
   * @param live heap in use after the last collection
   */
  record Figures(int live, int heap, int resident, int threads, int handles, int sockets) {}

  private final Daemon daemon;
  private final Path garbage;

  private ServerProcess(Daemon daemon, Path garbage) {
    this.daemon = daemon;
    this.garbage = garbage;
  }

  /** Starts it; its log, state and settings lie in {@code folder}, its providers below. */
  static ServerProcess start(Path folder, String settings) throws Exception {
    Path garbage = folder.resolve("gc.log");
    Daemon daemon = Daemon.byLauncher(folder, settings, "-Xlog:gc:file=" + garbage);
    return new ServerProcess(daemon.start(), garbage);
  }

  int port() {
    return daemon.port();
  }

  boolean isAlive() {
    return daemon.process().isAlive();
  }

  /** Has it collect all garbage. */
  void collect() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Path jcmd = Path.of(java).resolveSibling("jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(daemon.process().pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  Figures figures() throws IOException {
    Path proc = Path.of("/proc", Long.toString(daemon.process().pid()));
    String status = Files.readString(proc.resolve("status"));
    int live = 0;
    int heap = 0;
    Matcher collected = COLLECTED.matcher(Files.readString(garbage));
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
    for (String line : daemon.log().lines().toList()) {
      Matcher problem = PROBLEM.matcher(line);
      if (problem.find()) {
        String kind = problem.group(2).replaceAll("\\[[^]]*]", "[…]").replaceAll("\\d+", "#");
        counts.merge(problem.group(1) + " " + kind, 1, Integer::sum);
      }
    }
    return counts;
  }

  @Override
  public void close() {
    daemon.end();
  }
}
